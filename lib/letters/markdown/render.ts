import { partNames } from "@/lib/letters/markdown/names";
import { parseMarkdown, parser, type Token } from "@/lib/letters/markdown/parse";

/** What a letter may be made of. Everything else is dropped, its text kept. */
const TAGS = [
  ..."p h2 h3 h4 h5 h6 a em strong ul ol li blockquote hr br".split(" "),
  ..."table thead tbody tr th td".split(" "),
];
/** Tokens without a tag of their own that are shown: text, code, footnotes, and what holds them. */
const TEXTS = [
  ..."text text_special inline code_inline code_block fence softbreak".split(" "),
  ..."footnote_ref footnote_block_open footnote_block_close footnote_open footnote_close footnote_anchor".split(
    " ",
  ),
];

type Rendering = { language?: string; top?: number };

/**
 * Renders a letter's Markdown (CommonMark, tables, footnotes) to HTML that is safe to put into a page.
 * Raw HTML and images are dropped; its highest headings become the second level, below the page's own title, or another; links lead to
 * http, https and mail addresses only. A text that is too long or too deep is shown as plain paragraphs.
 * @param language the letter's, in which footnotes and tables are named
 * @param top the level of its highest headings
 */
export function renderMarkdown(markdown: string, { language = "en", top = 2 }: Rendering = {}): string {
  const parsed = parseMarkdown(markdown);
  if (!parsed.ok) return plainParagraphs(markdown);
  const levels = parsed.tokens.map(headingLevel).filter((level) => level > 0);
  const shift = top - levels.reduce((least, level) => Math.min(least, level), 6);
  const shown = adapt(parsed.tokens, shift);
  return parser.renderer.render(shown, parser.options, { name: partNames(language), tables: 0 }).trim();
}

function adapt(tokens: Token[], shift: number): Token[] {
  return tokens.flatMap((token) => {
    const level = headingLevel(token);
    if (level > 0) token.tag = `h${Math.min(level + shift, 6)}`;
    if (!TEXTS.includes(token.type) && !TAGS.includes(token.tag)) return [];
    if (token.children) token.children = adapt(token.children, shift);
    // A fence's language would become a class.
    token.info = "";
    token.attrs = attributesOf(token);
    return [token];
  });
}

const headingLevel = ({ type, tag }: Token) => (type.startsWith("heading_") ? Number(tag.slice(1)) : 0);

function attributesOf(token: Token): [string, string][] | null {
  const { type } = token;
  if (type === "link_open") return linkAttributes(String(token.attrGet("href") ?? ""));
  if (type === "th_open" || type === "td_open") return cellAttributes(token);
  const start = type === "ordered_list_open" ? token.attrGet("start") : null;
  return start === null ? null : [["start", String(start)]];
}

// A relative link would lead elsewhere on each page and in each embed that shows the letter.
function linkAttributes(href: string): [string, string][] | null {
  if (!/^(?:https?:\/\/|mailto:)/i.test(href)) return null;
  return [
    ["href", href],
    ["rel", "noopener noreferrer"],
  ];
}

/** Left is where lines begin: in Arabic that is the right. A page's policy allows no `style`. */
function cellAttributes(token: Token): [string, string][] {
  const align = /:\s*(left|center|right)/.exec(String(token.attrGet("style") ?? ""))?.[1];
  const scope: [string, string][] = token.type === "th_open" ? [["scope", "col"]] : [];
  return align === "center" || align === "right" ? [...scope, ["data-align", align]] : scope;
}

type Env = { name: ReturnType<typeof partNames>; tables: number };
type Note = { id: number; subId: number };

const noteOf = (token?: Token) => token?.meta as unknown as Note;
const noteId = ({ id }: Note) => `footnote-${id + 1}`;
const referenceId = ({ id, subId }: Note) => `footnote-ref-${id + 1}${subId > 0 ? `-${subId + 1}` : ""}`;
const { escapeHtml } = parser.utils;

Object.assign(parser.renderer.rules, {
  // A wide table scrolls inside itself; the keyboard must get into what scrolls.
  table_open: (_tokens: Token[], _place: number, _options: unknown, env: Env) => {
    env.tables += 1;
    const name = escapeHtml(env.name("table", env.tables));
    return `<div class="letter-table" role="region" tabindex="0" aria-label="${name}"><table>\n`;
  },
  table_close: () => "</table></div>\n",
  footnote_ref: (tokens: Token[], place: number, _options: unknown, env: Env) => {
    const note = noteOf(tokens[place]);
    const name = escapeHtml(env.name("note", note.id + 1));
    return `<sup><a href="#${noteId(note)}" id="${referenceId(note)}" role="doc-noteref" aria-label="${name}">${note.id + 1}</a></sup>`;
  },
  footnote_block_open: (_tokens: Token[], _place: number, _options: unknown, env: Env) =>
    `<section class="footnotes" role="doc-endnotes" aria-label="${escapeHtml(env.name("notes"))}"><ol>\n`,
  footnote_block_close: () => "</ol></section>\n",
  footnote_open: (tokens: Token[], place: number) => `<li id="${noteId(noteOf(tokens[place]))}">`,
  footnote_close: () => "</li>\n",
  footnote_anchor: (tokens: Token[], place: number, _options: unknown, env: Env) => {
    const note = noteOf(tokens[place]);
    const name = env.name(note.subId > 0 ? "backAgain" : "back", note.id + 1, note.subId + 1);
    // The sign is text, never an emoji.
    return ` <a href="#${referenceId(note)}" class="footnote-back" role="doc-backlink" aria-label="${escapeHtml(name)}">\u21a9\ufe0e</a>`;
  },
});

function plainParagraphs(text: string): string {
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim());
  return paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph.trim())}</p>`).join("\n");
}
