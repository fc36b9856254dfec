import { parseMarkdown, parser } from "@/lib/letters/markdown/parse";

/** What a letter may be made of. Everything else is dropped, its text kept. */
const TAGS = [
  "p",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "a",
  "em",
  "strong",
  "ul",
  "ol",
  "li",
  "blockquote",
  "hr",
  "br",
];
/** Tokens without a tag of their own that are shown: text, code, and what holds them. */
const TEXTS = ["text", "text_special", "inline", "code_inline", "code_block", "fence", "softbreak"];

type Parsed = ReturnType<typeof parseMarkdown>;
type Token = Extract<Parsed, { ok: true }>["tokens"][number];

/**
 * Renders a letter's Markdown (CommonMark) to HTML that is safe to put into a page.
 * Raw HTML and images are dropped; its highest headings become the second level, below the page's own title; links lead to
 * http, https and mail addresses only. A text that is too long or too deep is shown as plain paragraphs.
 */
export function renderMarkdown(markdown: string): string {
  const parsed = parseMarkdown(markdown);
  if (!parsed.ok) return plainParagraphs(markdown);
  const levels = parsed.tokens.map(headingLevel).filter((level) => level > 0);
  const shift = 2 - levels.reduce((least, level) => Math.min(least, level), 6);
  const shown = adapt(parsed.tokens, shift);
  return parser.renderer.render(shown, parser.options, {}).trim();
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
  if (token.type === "link_open") return linkAttributes(String(token.attrGet("href") ?? ""));
  const start = token.type === "ordered_list_open" ? token.attrGet("start") : null;
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

function plainParagraphs(text: string): string {
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim());
  return paragraphs.map((paragraph) => `<p>${parser.utils.escapeHtml(paragraph.trim())}</p>`).join("\n");
}
