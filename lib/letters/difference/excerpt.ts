import type { DiffBlock, DiffPart } from "@/lib/letters/difference/compare";

/** A difference short enough for an email: what changed, with some words around it; and how many paragraphs are left out. */
export type Excerpt = { blocks: { parts: DiffPart[] }[]; more: number };

const MOST_BLOCKS = 12;
const MOST_CHARACTERS = 6_000;
/** Of what stayed the same so much is shown on each side of a change, and of one change so much at most. */
const AROUND = 120;
const MOST_OF_ONE = 1_200;

/** The changed paragraphs of a difference, cut to a bounded size. */
export function excerptOf(difference: DiffBlock[]): Excerpt {
  const changed = difference.filter(({ changed: is }) => is);
  const blocks: Excerpt["blocks"] = [];
  let left = MOST_CHARACTERS;
  for (const { parts } of changed.slice(0, MOST_BLOCKS)) {
    const short = parts.map((part, place) => shortened(part, place > 0, place < parts.length - 1));
    const length = short.reduce((sum, { text }) => sum + text.length, 0);
    if (length > left && blocks.length > 0) break;
    left -= length;
    blocks.push({ parts: short });
  }
  return { blocks, more: changed.length - blocks.length };
}

function shortened({ kind, text }: DiffPart, before: boolean, after: boolean): DiffPart {
  const most = kind === "same" ? AROUND * (before && after ? 2 : 1) : MOST_OF_ONE;
  const letters = [...text];
  if (letters.length <= most) return { kind, text };
  const half = kind === "same" ? AROUND : MOST_OF_ONE / 2;
  const [head, tail] = [letters.slice(0, half).join(""), letters.slice(-half).join("")];
  if (kind !== "same") return { kind, text: `${head} … ${tail}` };
  return { kind, text: `${before ? head : ""} … ${after ? tail : ""}` };
}
