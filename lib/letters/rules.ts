/**
 * What a reader may do with a letter: a draft is not shown, a closed one is read but not signed, of an unpublished one
 * only that it was taken down is said.
 */
export type LetterStatus = "draft" | "open" | "closed" | "unpublished";

export type LetterTimes = { opensAt: Date | null; closesAt: Date | null; unpublishedAt: Date | null };

/** The status that follows from a letter's times: open from `opensAt` up to, not including, `closesAt`. */
export function letterStatus({ opensAt, closesAt, unpublishedAt }: LetterTimes, now: Date): LetterStatus {
  if (!opensAt || now < opensAt) return "draft";
  if (unpublishedAt) return "unpublished";
  return closesAt && now >= closesAt ? "closed" : "open";
}

/** Whether it can be closed now: open, or taken down before it was closed. */
export function isEndable(letter: LetterTimes, now: Date): boolean {
  const status = letterStatus(letter, now);
  return status === "open" || (status === "unpublished" && (!letter.closesAt || now < letter.closesAt));
}

/** The next time at which the status changes by itself, or null. No cache may live past it. */
export function nextStatusChange(
  { opensAt, closesAt }: Omit<LetterTimes, "unpublishedAt">,
  now: Date,
): Date | null {
  if (opensAt && now < opensAt) return opensAt;
  return opensAt && closesAt && now < closesAt ? closesAt : null;
}

export const LONGEST_SLUG = 80;

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

/** The languages that a letter can be written in; its readers' languages are another matter. */
export const LETTER_LANGUAGES = ["en", "ar", "de", "es", "fr", "tr", "ug", "zh-Hans"] as const;

/** How many characters the parts of a letter can have; the body's number is `LONGEST_TEXT`. */
export const LETTER_LIMITS = {
  title: 200,
  standfirst: 1_000,
  recipients: 500,
  organiserName: 200,
  reason: 500,
  closingNote: 1_000,
  unpublishedNote: 500,
  entryText: 300,
} as const;

/** The parts of a letter's text, in the order of the page. */
export const TEXT_PARTS = ["title", "standfirst", "recipients", "body"] as const;

export type TextPart = (typeof TEXT_PARTS)[number];
export type LetterTexts = Record<TextPart, string>;

/** What a text still lacks before readers may have it. */
export const missingParts = (text: LetterTexts): TextPart[] =>
  TEXT_PARTS.filter((part) => !text[part].trim());

export const isSameText = (one: LetterTexts, other: LetterTexts) =>
  TEXT_PARTS.every((part) => one[part] === other[part]);
