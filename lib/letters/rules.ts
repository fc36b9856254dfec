/** What a reader may do with a letter: a draft is not shown, a closed one is read but not signed. */
export type LetterStatus = "draft" | "open" | "closed";

type LetterTimes = { opensAt: Date | null; closesAt: Date | null };

/** The status that follows from a letter's times: open from `opensAt` up to, not including, `closesAt`. */
export function letterStatus({ opensAt, closesAt }: LetterTimes, now: Date): LetterStatus {
  if (!opensAt || now < opensAt) return "draft";
  return closesAt && now >= closesAt ? "closed" : "open";
}

/** The next time at which the status changes by itself, or null. No cache may live past it. */
export function nextStatusChange({ opensAt, closesAt }: LetterTimes, now: Date): Date | null {
  if (opensAt && now < opensAt) return opensAt;
  return opensAt && closesAt && now < closesAt ? closesAt : null;
}

const LONGEST_SLUG = 80;

/** Whether a text can be the name of a letter in an address: small letters, digits, single hyphens between them. */
export function isSlug(text: string): boolean {
  return text.length <= LONGEST_SLUG && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}

/** The language in which to show a letter: the reader's if it has been translated, else the letter's own. */
export function chooseText<Text extends { locale: string }>(
  texts: Text[],
  wanted: string,
  own: string,
): Text {
  const text =
    texts.find(({ locale }) => locale === wanted) ?? texts.find(({ locale }) => locale === own) ?? texts[0];
  if (!text) throw new Error("a letter's version has no text");
  return text;
}
