import { env } from "@/lib/env";
import { localePath } from "@/lib/i18n/locales";
import type { Translate } from "@/lib/i18n/translator";
import { contactAddress } from "@/lib/mail/contact-address";
import { type Site, textFor } from "@/lib/site/rules";

/** Who stands behind a mail, as its letter says it. */
export type LetterSender = { organiserName: string; senderName: string | null; contact: string | null };

/** Who a mail says it is from, where answers go, and what its end says of them. */
export type Sender = {
  from: string;
  /** The name that mail programs show; null where the configuration's own sender stands. */
  name: string | null;
  replyTo?: string;
  about: { organiser: string; contact: string | null; pages: ("imprint" | "privacy")[]; hue: number | null };
};

/** Longer names mail programs cut off anyway; a header is no place for them. */
const LONGEST_NAME = 80;

/**
 * The sender of a mail about letters: their organiser, through this site; the site's own where letters of several organisers
 * are in one mail, or none is. The address is always the configuration's: only that may send.
 */
export function senderOf(letters: LetterSender[], site: Site, locale: string, t: Translate): Sender {
  const [letter] = letters;
  const one = letters.every(({ organiserName }) => organiserName === letter?.organiserName)
    ? letter
    : undefined;
  const organiser = one?.organiserName || site.organiserName;
  const contact = one?.contact ?? site.contact;
  const name = cut(one?.senderName || organiser);
  const host = new URL(env().publicUrl).hostname;
  const shown = name ? t("from", { name, host }) : null;
  const from = shown ? `${quoted(shown)} <${contactAddress()}>` : env().mailFrom;
  const pages = (["imprint", "privacy"] as const).filter((page) => textFor(site, page, locale) !== null);
  return {
    from,
    name: shown,
    ...(contact && { replyTo: contact }),
    about: { organiser, contact, pages, hue: site.accentHue },
  };
}

/** The whole address of one of the site's pages about itself. */
export const pageAddress = (page: string, locale: string) =>
  `${env().publicUrl}${localePath(locale, `/${page}`)}`;

/** A display name (RFC 5322): the transports encode what is not ASCII (RFC 2047). */
const quoted = (name: string) => `"${inHeader(name).replace(/[\\"]/g, "\\$&")}"`;

/** Words for a header: in one line, without what would turn the rest of the line around. */
export const inHeader = (words: string) =>
  words
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, "")
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, " ")
    .trim();

/** Cut between characters as readers count them. */
export function cut(words: string, most = LONGEST_NAME): string {
  const line = inHeader(words);
  const characters = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(line)];
  if (characters.length <= most) return line;
  const kept = characters.slice(0, most - 1).map(({ segment }) => segment);
  return `${kept.join("").trimEnd()}…`;
}

/** The longest title that a subject holds; mail programs show far less. */
const LONGEST_TITLE = 120;

/** The subject of a mail about one letter. */
export const subjectAbout = (message: string, title: string, t: Translate) =>
  t(`${message}.subject`, { letter: cut(title, LONGEST_TITLE) });
