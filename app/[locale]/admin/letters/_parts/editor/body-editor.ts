import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { markdown, markdownKeymap } from "@codemirror/lang-markdown";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorState, RangeSetBuilder } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  type KeyBinding,
  keymap,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import {
  type Action,
  changeFor,
  nextNote,
  SHORTCUTS,
} from "@/app/[locale]/admin/letters/_parts/editor/actions";

export type BodyEditor = {
  run: (action: Action) => void;
  /** Puts text where the caret is, as a paragraph of its own. */
  insert: (text: string) => void;
  /** Reads anew what describes the field. */
  refresh: () => void;
  close: () => void;
};

/**
 * Opens an editor over a plain field, which goes on holding what is sent.
 * @param onPaste hears how many pictures were left out of what was pasted
 */
export function editBody(
  textarea: HTMLTextAreaElement,
  label: string,
  onPaste: (pictures: number) => void,
): BodyEditor {
  const view = new EditorView({
    doc: textarea.value,
    extensions: [
      // The page's policy lets in only styles that carry its nonce.
      EditorView.cspNonce.of(document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? ""),
      EditorState.allowMultipleSelections.of(false),
      history(),
      markdown({ completeHTMLTags: false, pasteURLAsLink: false }),
      syntaxHighlighting(LOOK_OF_MARKDOWN),
      keymap.of([...ACTION_KEYS, ...markdownKeymap, ...defaultKeymap, ...historyKeymap]),
      EditorView.lineWrapping,
      EditorView.perLineTextDirection.of(true),
      lineDirections,
      EditorView.contentAttributes.of(() => attributesOf(textarea, label)),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) tell(textarea, state.doc.toString());
      }),
      EditorView.domEventHandlers({ paste: (event, editor) => paste(event, editor, onPaste) }),
      LOOK,
    ],
  });
  const toEditor = () => {
    view.focus();
    view.dom.scrollIntoView({ block: "nearest" });
  };
  textarea.after(view.dom);
  textarea.classList.add("letter-behind");
  // The label and the list of errors lead to the field: it hands on what it gets.
  Object.assign(textarea, { tabIndex: -1, ariaHidden: "true" });
  textarea.addEventListener("focus", toEditor);
  return {
    run: (action) => {
      view.dispatch(changeFor(action, view.state), { userEvent: "input", scrollIntoView: true });
      view.focus();
    },
    insert: (text) => {
      const { from, to } = view.state.selection.main;
      const before = view.state.sliceDoc(0, from).trimEnd() === "" ? "" : "\n\n";
      const after = view.state.sliceDoc(to).trimStart() === "" ? "\n" : "\n\n";
      view.dispatch(view.state.replaceSelection(before + text + after), {
        userEvent: "input",
        scrollIntoView: true,
      });
    },
    refresh: () => view.dispatch({}),
    close: () => {
      textarea.classList.remove("letter-behind");
      Object.assign(textarea, { tabIndex: 0, ariaHidden: null });
      textarea.removeEventListener("focus", toEditor);
      view.destroy();
    },
  };
}

function tell(textarea: HTMLTextAreaElement, text: string): void {
  textarea.value = text;
  textarea.dispatchEvent(new Event("input", { bubbles: true }));
}

function attributesOf(textarea: HTMLTextAreaElement, label: string): Record<string, string> {
  const described = textarea.getAttribute("aria-describedby");
  return {
    "aria-label": label,
    lang: textarea.lang,
    dir: textarea.dir,
    // It takes the focus anyway; this tells so those who look for how its scrolling box is reached.
    tabindex: "0",
    spellcheck: "true",
    autocorrect: "on",
    autocapitalize: "sentences",
    ...(described ? { "aria-describedby": described } : {}),
    ...(textarea.getAttribute("aria-invalid") ? { "aria-invalid": "true" } : {}),
  };
}

const ACTION_KEYS: KeyBinding[] = Object.entries(SHORTCUTS).map(([action, key]) => ({
  key,
  preventDefault: true,
  run: (view) => {
    view.dispatch(changeFor(action as Action, view.state), { userEvent: "input", scrollIntoView: true });
    return true;
  },
}));

/** Longer than any letter: it is put in as plain text. */
const LONGEST_PASTE = 5_000_000;

/** Word processors and web pages bring their words with styles; what arrives is Markdown. */
function paste(event: ClipboardEvent, view: EditorView, onPaste: (pictures: number) => void): boolean {
  const html = event.clipboardData?.getData("text/html") ?? "";
  const plain = event.clipboardData?.getData("text/plain") ?? "";
  const files = [...(event.clipboardData?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
  if (!html.trim() || html.length > LONGEST_PASTE) {
    onPaste(plain ? 0 : files.length);
    return false;
  }
  event.preventDefault();
  const put = (text: string) =>
    view.dispatch(view.state.replaceSelection(text), { userEvent: "input.paste", scrollIntoView: true });
  import("@/lib/letters/paste/from-html")
    .then(({ markdownFromHtml }) => markdownFromHtml(html, nextNote(view.state.doc.toString())))
    .then(
      ({ markdown: text, pictures }) => {
        put(text || plain);
        onPaste(pictures);
      },
      () => put(plain),
    );
  return true;
}

/** Each line runs as its own first letter says: an English quotation in an Arabic letter too. */
const lineDirections = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = directed(view);
    }
    update({ docChanged, viewportChanged, view }: ViewUpdate) {
      if (docChanged || viewportChanged) this.decorations = directed(view);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

const AUTO = Decoration.line({ attributes: { dir: "auto" } });

function directed({ visibleRanges, state }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of visibleRanges)
    for (let place = from; place <= to; ) {
      const line = state.doc.lineAt(place);
      builder.add(line.from, line.from, AUTO);
      place = line.to + 1;
    }
  return builder.finish();
}

const LOOK_OF_MARKDOWN = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "650" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: [tags.processingInstruction, tags.url, tags.labelName], color: "var(--ink-quiet)" },
]);

const LOOK = EditorView.theme({
  "&": {
    inlineSize: "100%",
    border: "1px solid var(--edge)",
    backgroundColor: "var(--paper)",
    color: "var(--ink)",
    fontSize: "var(--text-2)",
  },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "1px" },
  ".cm-scroller": {
    fontFamily: "var(--serif)",
    lineHeight: "var(--line-reading)",
    minHeight: "22lh",
    maxHeight: "min(40lh, 80vh)",
  },
  ".cm-content": { padding: "calc(var(--unit) * 1.5) 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 calc(var(--unit) * 1.5)" },
});
