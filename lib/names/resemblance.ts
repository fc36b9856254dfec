import { distance } from "fastest-levenshtein";

/** How many letters may differ, by the length of the longer text: in a short one every letter tells names apart. */
const ALLOWED = [
  { from: 18, letters: 2 },
  { from: 9, letters: 1 },
  { from: 0, letters: 0 },
];

// Characters as readers count them, not as UTF-16 does.
const lengthOf = (text: string) => [...text].length;
const allowed = (length: number) => ALLOWED.find(({ from }) => length >= from)?.letters ?? 0;
const inAnyOrder = (skeleton: string) => skeleton.split(" ").sort().join(" ");

/** Whether two skeletons are close enough to be taken for each other, also with their words in another order. */
export function resemble(one: string, other: string): boolean {
  if (one === other) return true;
  const most = allowed(Math.max(lengthOf(one), lengthOf(other)));
  if (Math.abs(lengthOf(one) - lengthOf(other)) > most) return false;
  return distance(one, other) <= most || distance(inAnyOrder(one), inAnyOrder(other)) <= most;
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
