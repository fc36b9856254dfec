import { parseMarkdown, type Token } from "@/lib/letters/markdown/parse";
import { sourceOf } from "@/lib/letters/markdown/unshown";

/** The words of a letter in one language, as they are written. */
export type LetterWords = { title: string; standfirst: string; recipients: string; body: string };

/** A part of a letter that begins on a line of its own, as plain text. */
export type Block = {
  kind: "title" | "standfirst" | "recipients" | "heading" | "paragraph" | "item" | "quote" | "row" | "note";
  text: string;
};

/** Where a footnote is referred to, and before its text. Its number would change with each note before it. */
const NOTE_SIGN = "†";

/** A whole letter as blocks. Where a link leads is part of its text: a reader must see that it changed. */
export function letterBlocks({ title, standfirst, recipients, body }: LetterWords): Block[] {
  return [
    { kind: "title", text: title },
    { kind: "standfirst", text: standfirst },
    ...recipients.split("\n").map((text): Block => ({ kind: "recipients", text })),
    ...bodyBlocks(body),
  ].filter(({ text }) => text.trim()) as Block[];
}

function bodyBlocks(markdown: string): Block[] {
  const parsed = parseMarkdown(markdown);
  if (!parsed.ok) return markdown.split(/\n\s*\n/).map((text) => ({ kind: "paragraph", text: text.trim() }));
  const blocks: Block[] = [];
  const around: Block["kind"][] = [];
  let row: string[] = [];
  let isNoteNew = false;
  for (const token of parsed.tokens) {
    const kind = CONTAINERS[token.type.replace(/_(?:open|close)$/, "")];
    if (kind && token.nesting > 0) around.push(kind);
    if (kind && token.nesting < 0) around.pop();
    if (token.type === "tr_open") row = [];
    if (token.type === "tr_close") blocks.push({ kind: "row", text: row.join(" | ") });
    if (token.type === "footnote_open") isNoteNew = true;
    const text = textOf(token);
    if (text && around.at(-1) === "row") row.push(text);
    else if (text) {
      blocks.push({ kind: around.at(-1) ?? "paragraph", text: isNoteNew ? `${NOTE_SIGN} ${text}` : text });
      isNoteNew = false;
    }
  }
  return blocks;
}

const CONTAINERS: Record<string, Block["kind"]> = {
  heading: "heading",
  list_item: "item",
  blockquote: "quote",
  tr: "row",
  footnote: "note",
};

function textOf({ type, content, children }: Token): string {
  if (type === "code_block" || type === "fence") return content.trim();
  if (type !== "inline") return "";
  const links: { href: string; from: number }[] = [];
  let text = "";
  for (const child of children ?? []) {
    if (child.type === "text" || child.type === "text_special" || child.type === "code_inline")
      text += child.content;
    if (child.type === "image") text += pictureText(child);
    if (child.type === "footnote_ref") text += NOTE_SIGN;
    if (child.type === "softbreak" || child.type === "hardbreak") text += " ";
    if (child.type === "link_open")
      links.push({ href: String(child.attrGet("href") ?? ""), from: text.length });
    const link = child.type === "link_close" ? links.pop() : undefined;
    if (link && !text.slice(link.from).includes(link.href)) text += ` (${link.href})`;
  }
  return text.replace(/\s+/gu, " ").trim();
}

/** A picture by what it shows and its file: another one of the same words is a change. */
function pictureText(image: Token): string {
  const title = String(image.attrGet("title") ?? "").trim();
  return [image.content, title, `(${sourceOf(image)})`].filter(Boolean).join(" ");
}
