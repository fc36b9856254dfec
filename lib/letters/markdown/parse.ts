import MarkdownIt from "markdown-it";
import footnotes from "markdown-it-footnote";

/** How many characters a letter's text may have. */
export const LONGEST_TEXT = 200_000;
/** How many quotes and lists may stand inside one another. */
export const DEEPEST = 20;
/** How many characters the addresses of all links may have together: one definition can serve thousands of links. */
const LONGEST_LINKS = 200_000;
/** How many footnotes there may be, and how often they may be referred to, together: each costs a scan for its name. */
export const MOST_NOTES = 500;

type MarkdownProblem = "tooLong" | "tooDeep" | "tooManyLinks" | "tooManyNotes";

export const PROBLEM_WORDS: Record<MarkdownProblem, string> = {
  tooLong: `The text is too long. It can have up to ${LONGEST_TEXT} characters.`,
  tooDeep: `The text has too many quotes or lists inside one another. ${DEEPEST} levels are possible.`,
  tooManyLinks: `The text has too many links, or their addresses are too long. Together they can have ${LONGEST_LINKS} characters.`,
  tooManyNotes: `The text has too many footnotes. Footnotes and the places that refer to them can be ${MOST_NOTES} together.`,
};

/**
 * The parser (CommonMark, tables and footnotes). Its time grows with the length of a text alone; beyond `maxNesting` it
 * drops what is inside, so that is beyond what we take. A list counts twice there: itself and its item.
 */
export const parser = new MarkdownIt("commonmark", { xhtmlOut: false, maxNesting: 3 * DEEPEST })
  .enable("table")
  .use(footnotes)
  // `^[text]` is a footnote in few programs, and looks like nothing to most writers.
  .disable("footnote_inline");

// The renderer leaves out where a link may not lead, and keeps its words.
parser.validateLink = () => true;

export type Token = ReturnType<typeof parser.parse>[number];

/** A text understood, or why it is not. Takes a bounded time, whatever the text. */
type Parsed = { ok: true; tokens: Token[] } | { ok: false; problem: MarkdownProblem };

export function parseMarkdown(markdown: string): Parsed {
  if (markdown.length > LONGEST_TEXT) return { ok: false, problem: "tooLong" };
  if (markdown.split("[^").length - 1 > MOST_NOTES) return { ok: false, problem: "tooManyNotes" };
  const tokens = parser.parse(markdown, {});
  if (depthOf(tokens) > DEEPEST) return { ok: false, problem: "tooDeep" };
  if (linkLength(tokens) > LONGEST_LINKS) return { ok: false, problem: "tooManyLinks" };
  return { ok: true, tokens };
}

/** What is wrong with a text, in words for the person who writes it; null where nothing is. */
export function markdownProblem(markdown: string): string | null {
  const parsed = parseMarkdown(markdown);
  return parsed.ok ? null : PROBLEM_WORDS[parsed.problem];
}

/** The same as the code of a form's error; a number that its sentence names follows it. */
export function markdownCode(markdown: string): string | null {
  const parsed = parseMarkdown(markdown);
  if (parsed.ok) return null;
  const most = { tooLong: LONGEST_TEXT, tooManyNotes: MOST_NOTES };
  return parsed.problem in most
    ? `${parsed.problem}:${most[parsed.problem as keyof typeof most]}`
    : parsed.problem;
}

const CONTAINERS = /^(?:blockquote|list_item)_(?:open|close)$/;

function depthOf(tokens: Token[]): number {
  let depth = 0;
  let deepest = 0;
  for (const { type, nesting } of tokens) {
    if (!CONTAINERS.test(type)) continue;
    depth += nesting;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function linkLength(tokens: Token[]): number {
  let length = 0;
  for (const { children } of tokens) {
    for (const child of children ?? []) {
      length += String(child.attrGet("href") ?? child.attrGet("src") ?? "").length;
    }
  }
  return length;
}
