import { parseMarkdown, type Token } from "@/lib/letters/markdown/parse";
import { pictureName } from "@/lib/letters/pictures/rules";

type WhyUnshown = "remote" | "unknown" | "noAlt";

/**
 * What readers do not get of a text: a picture that is elsewhere on the web, none of this letter's, or that nobody says
 * what it shows; a link that leads nowhere; the mark of a footnote without its words, or the words of one without its mark.
 */
export type Unshown = { source: string; why: WhyUnshown | "link" | "noNote" | "noMark" };

type Known = { has: (name: string) => boolean };

/** Why a picture is not shown; null where it is. */
export function whyUnshown(image: Token, pictures: Known): WhyUnshown | null {
  const name = pictureName(sourceOf(image));
  if (!name) return "remote";
  if (!pictures.has(name)) return "unknown";
  return image.content.trim() ? null : "noAlt";
}

/** Whether a link may lead to an address. A relative one would lead elsewhere on each page that shows the letter. */
export const mayLead = (href: string) => /^(?:https?:\/\/|mailto:)/i.test(href);

export const sourceOf = (image: Token) => String(image.attrGet("src") ?? "");

/** How many are told of at once, and how much of each address. */
const MOST_TOLD = 10;
const LONGEST_TOLD = 200;

/** The pictures and links of a text that readers do not get, for the person who writes it. */
export function unshownParts(markdown: string, pictures: Known): Unshown[] {
  const parsed = parseMarkdown(markdown);
  if (!parsed.ok) return [];
  const parts = parsed.tokens.flatMap(({ children }) => children ?? []);
  const images = parts.flatMap((image): Unshown[] => {
    const why = image.type === "image" ? whyUnshown(image, pictures) : null;
    return why ? [{ source: sourceOf(image).slice(0, LONGEST_TOLD), why }] : [];
  });
  const links = parts.flatMap((link): Unshown[] => {
    const href = link.type === "link_open" ? String(link.attrGet("href") ?? "") : null;
    return href === null || mayLead(href) ? [] : [{ source: href.slice(0, LONGEST_TOLD), why: "link" }];
  });
  const unshown = [...images, ...links, ...lostNotes(markdown, parts)];
  const unlike = new Map(unshown.map((one) => [`${one.why} ${one.source}`, one]));
  return [...unlike.values()].slice(0, MOST_TOLD);
}

const MARK = /\[\^[^\]\s]+\]/g;
const NOTE = /^ {0,3}(\[\^[^\]\s]+\]):/gm;

/** The parser leaves a mark without words as it is typed, and drops words without a mark. */
function lostNotes(markdown: string, parts: Token[]): Unshown[] {
  const marks = parts.flatMap(({ type, content }) => (type === "text" ? (content.match(MARK) ?? []) : []));
  const used = new Set(
    parts.flatMap(({ type, meta }) => (type === "footnote_ref" ? [`[^${meta?.label}]`] : [])),
  );
  const notes = [...markdown.matchAll(NOTE)].flatMap(([, mark]) => (mark && !used.has(mark) ? [mark] : []));
  return [
    ...marks.map((mark) => ({ source: mark.slice(0, LONGEST_TOLD), why: "noNote" as const })),
    ...notes
      .filter((mark) => !marks.includes(mark))
      .map((mark) => ({ source: mark.slice(0, LONGEST_TOLD), why: "noMark" as const })),
  ];
}
