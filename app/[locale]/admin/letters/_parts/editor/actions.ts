import { EditorSelection, type EditorState, type TransactionSpec } from "@codemirror/state";

/** What the buttons above the text do, with their keys. */
export const SHORTCUTS = {
  bold: "Mod-b",
  italic: "Mod-i",
  heading: "Mod-Shift-h",
  list: "Mod-Shift-8",
  quote: "Mod-Shift-.",
  link: "Mod-k",
  footnote: "Mod-Shift-f",
} as const;

export type Action = keyof typeof SHORTCUTS;

/** What an action changes in a text: the marks that Markdown has for it, put in or taken away. */
export function changeFor(action: Action, state: EditorState): TransactionSpec {
  switch (action) {
    case "bold":
      return surround(state, "**");
    case "italic":
      return surround(state, "*");
    case "heading":
      return begin(state, "## ", /^#{1,6} /);
    case "list":
      return begin(state, "- ", /^[-*+] /);
    case "quote":
      return begin(state, "> ", /^> ?/);
    case "link":
      return link(state);
    case "footnote":
      return footnote(state);
  }
}

function surround(state: EditorState, mark: string): TransactionSpec {
  return state.changeByRange(({ from, to }) => {
    const [before, after] = [state.sliceDoc(from - mark.length, from), state.sliceDoc(to, to + mark.length)];
    // One star beside another is bold, not italic.
    const isOther =
      mark === "*" && state.sliceDoc(from - 2, from) === "**" && state.sliceDoc(from - 3, from) !== "***";
    if (before === mark && after === mark && !isOther)
      return {
        changes: [
          { from: from - mark.length, to: from },
          { from: to, to: to + mark.length },
        ],
        range: EditorSelection.range(from - mark.length, to - mark.length),
      };
    // Markdown knows no emphasis that begins or ends with a space.
    const text = state.sliceDoc(from, to);
    const start = from + (text.length - text.trimStart().length);
    const end = text.trim() ? to - (text.length - text.trimEnd().length) : start;
    return {
      changes: [
        { from: start, insert: mark },
        { from: end, insert: mark },
      ],
      range: EditorSelection.range(start + mark.length, end + mark.length),
    };
  });
}

/** Puts a mark before each line of the selection; where all have it, takes it away. */
function begin(state: EditorState, mark: string, known: RegExp): TransactionSpec {
  const numbers = new Set<number>();
  for (const { from, to } of state.selection.ranges)
    for (let { number } = state.doc.lineAt(from); number <= state.doc.lineAt(to).number; number++)
      numbers.add(number);
  const lines = [...numbers].map((number) => state.doc.line(number));
  const filled = lines.length > 1 ? lines.filter(({ text }) => text.trim()) : lines;
  const allHave = filled.every(({ text }) => known.test(text));
  const changes = filled.flatMap(({ from, text }) => {
    const [had = ""] = known.exec(text) ?? [];
    if (allHave) return [{ from, to: from + had.length }];
    return [{ from, to: from + had.length, insert: mark }];
  });
  const set = state.changes(changes);
  return { changes: set, selection: state.selection.map(set, 1) };
}

const ADDRESS = "https://";

function link(state: EditorState): TransactionSpec {
  return state.changeByRange(({ from, to }) => {
    const text = state.sliceDoc(from, to).trim();
    const isAddress = /^https?:\/\/\S+$/.test(text);
    const insert = isAddress ? `[](${text})` : `[${text}](${ADDRESS})`;
    // What is still to be typed is selected: the words of an address, or the address of some words.
    const words = from + 1;
    const range =
      isAddress || !text
        ? EditorSelection.cursor(words)
        : EditorSelection.range(words + text.length + 2, words + text.length + 2 + ADDRESS.length);
    return { changes: { from, to, insert }, range };
  });
}

/** A reference where the caret is, and the note at the end, where the caret goes. */
function footnote(state: EditorState): TransactionSpec {
  const label = nextNote(state.doc.toString());
  const { to } = state.selection.main;
  const reference = `[^${label}]`;
  const text = state.doc.toString().trimEnd();
  const gap = /(?:^|\n)\[\^[^\]\n]+\]:[^\n]*$/.test(text) ? "\n" : "\n\n";
  const note = `${gap}${reference}: `;
  const end = Math.max(text.length, to);
  const caret = end + reference.length + note.length;
  return {
    changes: [
      { from: to, insert: reference },
      { from: end, to: state.doc.length, insert: note },
    ],
    selection: { anchor: caret },
  };
}

/** The number after all that the footnotes of a text have. */
export function nextNote(text: string): number {
  const numbers = [...text.matchAll(/\[\^(\d{1,4})\]/g)].map(([, number]) => Number(number));
  return Math.max(0, ...numbers) + 1;
}
