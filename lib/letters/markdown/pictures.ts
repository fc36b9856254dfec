import { parseMarkdown, type Token } from "@/lib/letters/markdown/parse";
import { pictureName } from "@/lib/letters/pictures/rules";

/** Why a picture is not shown: it is elsewhere on the web, none of this letter's, or nobody says what it shows. */
export type Unshown = { source: string; why: "remote" | "unknown" | "noAlt" };

type Known = { has: (name: string) => boolean };

/** Why a picture is not shown; null where it is. */
export function whyUnshown(image: Token, pictures: Known): Unshown["why"] | null {
  const name = pictureName(sourceOf(image));
  if (!name) return "remote";
  if (!pictures.has(name)) return "unknown";
  return image.content.trim() ? null : "noAlt";
}

export const sourceOf = (image: Token) => String(image.attrGet("src") ?? "");

/** How many are told of at once, and how much of each address. */
const MOST_TOLD = 10;
const LONGEST_TOLD = 200;

/** The pictures that a text names and that are not shown, for whoever writes it. */
export function unshownPictures(markdown: string, pictures: Known): Unshown[] {
  const parsed = markdown.includes("![") ? parseMarkdown(markdown) : null;
  if (!parsed?.ok) return [];
  const images = parsed.tokens
    .flatMap(({ children }) => children ?? [])
    .filter(({ type }) => type === "image");
  const unshown = images.flatMap((image): Unshown[] => {
    const why = whyUnshown(image, pictures);
    return why ? [{ source: sourceOf(image).slice(0, LONGEST_TOLD), why }] : [];
  });
  const unlike = new Map(unshown.map((one) => [`${one.why} ${one.source}`, one]));
  return [...unlike.values()].slice(0, MOST_TOLD);
}
