import { partNames } from "@/lib/letters/markdown/names";
import { parseMarkdown, parser, type Token } from "@/lib/letters/markdown/parse";
import { mayLead, sourceOf, whyUnshown } from "@/lib/letters/markdown/unshown";
import { pictureName } from "@/lib/letters/pictures/rules";

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

/** The size of each of the letter's own pictures by its name; no other is shown. */
type Sizes = ReadonlyMap<string, { width: number; height: number }>;

type Rendering = {
  /** The letter's, in which footnotes and tables are named. */
  language?: string;
  pictures?: Sizes;
  /** The level of its highest headings: the second, below the page's own title, where nothing is said. */
  top?: number;
  /** The address below which readers of the page find the pictures. */
  picturesAt?: string;
};

/** Where the public has them. */
const PUBLIC_PICTURES = "/pictures";

/**
 * Renders a letter's Markdown (CommonMark, tables, footnotes) to HTML that is safe to put into a page. Drops
 * raw HTML and pictures from elsewhere. The highest headings become the second level, or another. Links lead
 * to http, https and mail addresses only. A text that is too long or too deep becomes plain paragraphs.
 */
export function renderMarkdown(
  markdown: string,
  { language = "en", pictures = new Map(), top = 2, picturesAt = PUBLIC_PICTURES }: Rendering = {},
): string {
  const parsed = parseMarkdown(markdown);
  if (!parsed.ok) return plainParagraphs(markdown);
  const levels = parsed.tokens.map(headingLevel).filter((level) => level > 0);
  const shift = top - levels.reduce((least, level) => Math.min(least, level), 6);
  const shown = withFigures(adapt(parsed.tokens, { shift, pictures }));
  const env: Env = { name: partNames(language), tables: 0, pictures, picturesAt };
  return parser.renderer.render(shown, parser.options, env).trim();
}

type Adapting = { shift: number; pictures: Sizes };

function adapt(tokens: Token[], adapting: Adapting): Token[] {
  return tokens.flatMap((token) => {
    if (token.type === "image") return whyUnshown(token, adapting.pictures) === null ? [token] : [];
    const level = headingLevel(token);
    if (level > 0) token.tag = `h${Math.min(level + adapting.shift, 6)}`;
    if (!TEXTS.includes(token.type) && !TAGS.includes(token.tag)) return [];
    if (token.children) token.children = adapt(token.children, adapting);
    // A fence's language would become a class.
    token.info = "";
    token.attrs = attributesOf(token);
    return [token];
  });
}

/** A paragraph of one picture alone is a figure, which may have a caption. */
function withFigures(tokens: Token[]): Token[] {
  for (const [place, { type, children }] of tokens.entries()) {
    const [before, after, image] = [tokens[place - 1], tokens[place + 1], children?.[0]];
    if (type !== "inline" || children?.length !== 1 || image?.type !== "image") continue;
    if (before?.type !== "paragraph_open" || after?.type !== "paragraph_close" || before.hidden) continue;
    for (const paragraph of [before, after]) paragraph.tag = "figure";
    image.meta = { figure: true };
  }
  return tokens;
}

const headingLevel = ({ type, tag }: Token) => (type.startsWith("heading_") ? Number(tag.slice(1)) : 0);

function attributesOf(token: Token): [string, string][] | null {
  const { type } = token;
  if (type === "link_open") return linkAttributes(String(token.attrGet("href") ?? ""));
  if (type === "th_open" || type === "td_open") return cellAttributes(token);
  const start = type === "ordered_list_open" ? token.attrGet("start") : null;
  return start === null ? null : [["start", String(start)]];
}

function linkAttributes(href: string): [string, string][] | null {
  if (!mayLead(href)) return null;
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

type Env = { name: ReturnType<typeof partNames>; tables: number; pictures: Sizes; picturesAt: string };
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
  image: (tokens: Token[], place: number, options: typeof parser.options, env: Env) => {
    const image = tokens[place] as Token;
    const name = pictureName(sourceOf(image)) ?? "";
    const { width = 0, height = 0 } = env.pictures.get(name) ?? {};
    const alt = escapeHtml(parser.renderer.renderInlineAsText(image.children ?? [], options, env));
    const source = escapeHtml(`${env.picturesAt}/${name}`);
    const picture = `<img src="${source}" alt="${alt}" width="${width}" height="${height}" loading="lazy" decoding="async">`;
    const caption = image.meta?.figure ? String(image.attrGet("title") ?? "").trim() : "";
    return caption ? `${picture}<figcaption>${escapeHtml(caption)}</figcaption>` : picture;
  },
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
    // In the letter's own font, and the same in both directions.
    return ` <a href="#${referenceId(note)}" class="footnote-back" role="doc-backlink" aria-label="${escapeHtml(name)}">\u2191</a>`;
  },
});

function plainParagraphs(text: string): string {
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim());
  return paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph.trim())}</p>`).join("\n");
}
