/** Stands for any characters, none included. */
export const STAR = "*";

/**
 * Whether a text is what a pattern with stars describes. The pieces between the stars are looked for one after the
 * other, so that no pattern takes longer than its length times the text's.
 */
export function fits(pattern: string, text: string): boolean {
  const [first = "", ...pieces] = pattern.split(STAR);
  const last = pieces.pop();
  if (last === undefined) return text === pattern;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  let at = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}

/** How many letters and digits a pattern gives: the fewer, the more people share them. */
export function lettersGiven(pattern: string): number {
  return pattern.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
