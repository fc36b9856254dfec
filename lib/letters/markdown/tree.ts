import { parseMarkdown, type Token } from "@/lib/letters/markdown/parse";
import { mayLead, sourceOf, whyUnshown } from "@/lib/letters/markdown/unshown";
import { pictureName } from "@/lib/letters/pictures/rules";

/** A letter's text as a tree, for what sets it otherwise than a browser does. */
export type Node =
  | { t: "text" | "code"; x: string }
  | { t: "break" | "rule" }
  | { t: "em" | "strong" | "p" | "quote"; c: Node[] }
  | { t: "link"; href: string; c: Node[] }
  /** Where a footnote is referred to; it is set where that is first. */
  | { t: "note"; id: number; first: boolean }
  | { t: "heading"; level: number; c: Node[] }
  /** With numbers from `start` on, or with dots. */
  | { t: "list"; start: number | null; items: Node[][] }
  | { t: "block"; x: string }
  | { t: "table"; head: Node[][]; rows: Node[][][] }
  | { t: "picture"; name: string; alt: string; caption: string };

/** The text, and its footnotes by their numbers from 0. */
export type Tree = { body: Node[]; notes: Node[][] };

type Known = { has: (name: string) => boolean };

/** Understands a letter's Markdown as its page does: what the page does not show is not in it. */
export function markdownTree(markdown: string, pictures: Known): Tree {
  const parsed = parseMarkdown(markdown);
  if (!parsed.ok) {
    const parts = markdown.split(/\n\s*\n/).filter((part) => part.trim());
    return { body: parts.map((part) => ({ t: "p", c: [{ t: "text", x: part.trim() }] })), notes: [] };
  }
  const notes: Node[][] = [];
  return { body: new Reader(parsed.tokens, pictures, notes).nodes(), notes };
}

/** All nodes of a text, those within others too. */
const allNodes = (nodes: Node[]): Node[] => nodes.flatMap((node) => [node, ...allNodes(within(node))]);

function within(node: Node): Node[] {
  if (node.t === "list") return node.items.flat();
  if (node.t === "table") return [...node.head, ...node.rows.flat()].flat();
  return "c" in node ? node.c : [];
}

/** Reads tokens one after the other; what opens is read up to where it closes. */
class Reader {
  #place = 0;
  #level = 0;
  #inNote = false;

  constructor(
    readonly tokens: Token[],
    readonly pictures: Known,
    readonly notes: Node[][],
  ) {}

  nodes(until?: string): Node[] {
    const found: Node[] = [];
    for (;;) {
      const token = this.tokens[this.#place++];
      if (!token || token.type === until) return found;
      found.push(...this.#node(token));
    }
  }

  #node(token: Token): Node[] {
    const { type, tag, content } = token;
    const inside = (close = type.replace("_open", "_close")) => this.nodes(close);
    switch (type) {
      case "text":
      case "text_special":
        return [{ t: "text", x: content }];
      case "code_inline":
        return [{ t: "code", x: content }];
      case "softbreak":
        return [{ t: "text", x: " " }];
      case "hardbreak":
        return [{ t: "break" }];
      case "inline":
        return new Reader(token.children ?? [], this.pictures, this.notes).nodes();
      case "em_open":
      case "strong_open":
        return [{ t: type === "em_open" ? "em" : "strong", c: inside() }];
      case "link_open": {
        const href = String(token.attrGet("href") ?? "");
        const c = inside();
        return mayLead(href) && c.length > 0 ? [{ t: "link", href, c }] : c;
      }
      case "image":
        return this.#picture(token);
      case "paragraph_open":
        return paragraph(inside());
      case "heading_open":
        return this.#heading(Number(tag.slice(1)), inside());
      case "blockquote_open":
        return [{ t: "quote", c: inside() }];
      case "bullet_list_open":
        return [{ t: "list", start: null, items: this.#items(type) }];
      case "ordered_list_open":
        return [{ t: "list", start: Number(token.attrGet("start") ?? 1), items: this.#items(type) }];
      case "code_block":
      case "fence":
        return [{ t: "block", x: content.replace(/\n$/, "") }];
      case "hr":
        return [{ t: "rule" }];
      case "table_open":
        return [this.#table()];
      case "footnote_ref":
        return [{ t: "note", id: noteOf(token).id, first: noteOf(token).subId === 0 }];
      case "footnote_open":
        this.#inNote = true;
        this.notes[noteOf(token).id] = inside();
        this.#inNote = false;
        return [];
      default:
        return [];
    }
  }

  /** From the first level on, none left out, wherever it is: PDF/UA demands it. In a note, set elsewhere, it is none. */
  #heading(level: number, inside: Node[]): Node[] {
    const [c, pictures] = [withoutPictures(inside), picturesIn(inside)];
    if (!saysSomething(c)) return pictures;
    if (this.#inNote) return [{ t: "p", c: [{ t: "strong", c }] }, ...pictures];
    const levels = this.tokens.flatMap((token) =>
      token.type === "heading_open" ? Number(token.tag.slice(1)) : [],
    );
    this.#level = Math.min(level - Math.min(...levels) + 1, this.#level + 1);
    return [{ t: "heading", level: this.#level, c }, ...pictures];
  }

  #items(open: string): Node[][] {
    const items: Node[][] = [];
    const close = open.replace("_open", "_close");
    for (
      let token = this.tokens[this.#place++];
      token && token.type !== close;
      token = this.tokens[this.#place++]
    )
      if (token.type === "list_item_open") items.push(this.nodes("list_item_close"));
    return items;
  }

  #table(): Node {
    const rows: Node[][][] = [];
    for (
      let token = this.tokens[this.#place++];
      token && token.type !== "table_close";
      token = this.tokens[this.#place++]
    ) {
      if (token.type === "tr_open") rows.push([]);
      if (token.type === "th_open" || token.type === "td_open")
        rows.at(-1)?.push(alone(this.nodes(token.type.replace("_open", "_close"))));
    }
    const [head = [], ...others] = rows;
    return { t: "table", head, rows: others };
  }

  #picture(image: Token): Node[] {
    if (whyUnshown(image, this.pictures) !== null) return [];
    const name = pictureName(sourceOf(image)) ?? "";
    const caption = String(image.attrGet("title") ?? "").trim();
    return [{ t: "picture", name, alt: image.content, caption }];
  }
}

/** A picture stands by itself, wherever it was put: within a link or a heading it would be part of a line. */
function paragraph(c: Node[]): Node[] {
  const [words, pictures] = [withoutPictures(c), picturesIn(c)];
  return [...(saysSomething(words) ? [{ t: "p" as const, c: words }] : []), ...pictures];
}

const saysSomething = (words: Node[]) => words.some((node) => node.t !== "text" || node.x.trim() !== "");

const alone = (c: Node[]): Node[] => [...withoutPictures(c), ...picturesIn(c)];

export const picturesIn = (nodes: Node[]) => allNodes(nodes).filter((node) => node.t === "picture");

const withoutPictures = (nodes: Node[]): Node[] =>
  nodes.flatMap((node): Node[] => {
    if (node.t === "picture") return [];
    if (!("c" in node)) return [node];
    const c = withoutPictures(node.c);
    return c.length > 0 ? [{ ...node, c }] : [];
  });

const noteOf = (token: Token) => token.meta as unknown as { id: number; subId: number };
