import { distance } from "fastest-levenshtein";

/** In a short text every letter tells names apart. */
const ALLOWED = [
  { from: 18, letters: 2 },
  { from: 9, letters: 1 },
  { from: 0, letters: 0 },
];

/** A skeleton made ready for many comparisons. */
type Comparable = {
  skeleton: string;
  /** Its words in one order, whatever order they came in. */
  sorted: string;
  /** In characters as readers count them, not as UTF-16 does. */
  length: number;
  /** A bit for each character that it has, 32 of them shared by all characters. */
  bits: number;
};

/** Makes a skeleton ready for many comparisons. */
export function comparable(skeleton: string): Comparable {
  const characters = [...skeleton];
  const bits = characters.reduce((sum, character) => sum | (1 << ((character.codePointAt(0) ?? 0) % 32)), 0);
  return { skeleton, sorted: skeleton.split(" ").sort().join(" "), length: characters.length, bits };
}

/** How many letters may differ between two texts, by the length of the longer one. */
export const lettersThatMayDiffer = (length: number) =>
  ALLOWED.find(({ from }) => length >= from)?.letters ?? 0;

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Whether two skeletons are close enough to be taken for each other, also with their words in another order. */
export function areAlike(one: Comparable, other: Comparable): boolean {
  if (one.sorted === other.sorted) return true;
  const most = lettersThatMayDiffer(Math.max(one.length, other.length));
  if (most === 0 || Math.abs(one.length - other.length) > most) return false;
  // A letter put in another's place changes two bits at most: most pairs are done with here.
  if (countBits(one.bits ^ other.bits) > 2 * most) return false;
  return distance(one.skeleton, other.skeleton) <= most || distance(one.sorted, other.sorted) <= most;
}

/** The same for two skeletons that are compared once. */
export function resemble(one: string, other: string): boolean {
  return one === other || areAlike(comparable(one), comparable(other));
}

/**
 * Whether a name contains every word of another: `Prof. Ada B. Lovelace` contains `Ada Lovelace`. Long words may differ
 * by a letter.
 * @param name its skeleton
 * @param sought the other's skeleton
 */
export function containsName(name: string, sought: string): boolean {
  if (resemble(name, sought)) return true;
  const left = name.split(" ");
  return sought.split(" ").every((word) => {
    const at = left.findIndex((candidate) => resemble(candidate, word));
    return at >= 0 && left.splice(at, 1).length > 0;
  });
}
