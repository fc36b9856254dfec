import { EditorSelection, EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { type Action, changeFor } from "@/app/[locale]/admin/letters/_parts/editor/actions";

/** A text with its selection between bars, or its caret as one bar. */
function read(marked: string): EditorState {
  const from = marked.indexOf("|");
  const to = marked.lastIndexOf("|");
  const doc = marked.replaceAll("|", "");
  const head = to > from ? to - 1 : from;
  return EditorState.create({ doc, selection: EditorSelection.range(from, head) });
}

function write(state: EditorState): string {
  const { from, to } = state.selection.main;
  const doc = state.doc.toString();
  const bar = from === to ? "|" : `|${doc.slice(from, to)}|`;
  return doc.slice(0, from) + bar + doc.slice(to);
}

const after = (action: Action, marked: string) => {
  const state = read(marked);
  return write(state.update(changeFor(action, state)).state);
};

describe("the buttons above a letter's text", () => {
  it.each<[Action, string, string]>([
    ["bold", "a |word| here", "a **|word|** here"],
    ["bold", "a **|word|** here", "a |word| here"],
    ["bold", "a| word |here", "a **|word|** here"],
    ["bold", "|", "**|**"],
    ["italic", "a |word|", "a *|word|*"],
    ["italic", "a *|word|*", "a |word|"],
    ["italic", "a **|word|**", "a ***|word|***"],
    ["italic", "a ***|word|***", "a **|word|**"],
    ["heading", "Ti|tle", "## Ti|tle"],
    ["heading", "### Ti|tle", "Ti|tle"],
    ["list", "|one\n\ntwo|", "- |one\n\n- two|"],
    ["list", "- |one\n- two|", "|one\ntwo|"],
    ["quote", "sa|id", "> sa|id"],
    ["link", "see |here|", "see [here](|https://|)"],
    ["link", "see |https://example.org/a|", "see [|](https://example.org/a)"],
    ["footnote", "Said|.", "Said[^1].\n\n[^1]: |"],
    ["footnote", "One[^1] two|.\n\n[^1]: A.\n", "One[^1] two[^2].\n\n[^1]: A.\n[^2]: |"],
  ])("%s: %j becomes %j", (action, before, expected) => {
    expect(after(action, before)).toBe(expected);
  });
});
