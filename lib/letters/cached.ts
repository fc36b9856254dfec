import { FEATURED_TAG, LETTERS_TAG, letterTag } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { compareLetters, type DiffBlock } from "@/lib/letters/difference/compare";
import { renderMarkdown } from "@/lib/letters/markdown/render";
import { type Pictures, picturesOf } from "@/lib/letters/pictures/queries";
import {
  featuredSlug,
  letterBySlug,
  letterIdOf,
  listedSlugs,
  nextOpening,
  type StoredLetter,
  slugNow,
  versionsOf,
  versionWithTexts,
} from "@/lib/letters/queries";
import { chooseText, isSlug, type LetterStatus, letterStatus, nextStatusChange } from "@/lib/letters/rules";
import { formMark as markOf } from "@/lib/letters/settings/form-mark";
import { type LetterWords, wordsFor } from "@/lib/letters/settings/letter-words";
import { type Organiser, organiserNames, organisersOf } from "@/lib/letters/settings/organisers";
import { type SigningRules, signingRules } from "@/lib/letters/settings/rules";
import type { ChangeSize, ListOrder } from "@/prisma/generated/enums";

/** A letter as its pages show it, in one language. */
export type LetterPage = {
  id: string;
  slug: string;
  status: LetterStatus;
  /** Of all organisers, as a sentence lists them. */
  organiserName: string;
  /** Of one that publishes it alone. */
  organiserUrl: string | null;
  organisers: Organiser[];
  /** Where readers can write to about it, where it has an address of its own. */
  contact: string | null;
  /** Who its mails say they are from, where that is not the organiser. */
  senderName: string | null;
  versionId: string;
  versionNumber: number;
  /** The numbers of the earlier versions against which it changed much: who signed them did not sign this text. */
  largeSince: number[];
  /** The language of the text, which may differ from the reader's. */
  textLocale: string;
  /** All languages that the text is there in. */
  languages: string[];
  title: string;
  standfirst: string;
  recipients: string;
  /** Sanitised HTML. */
  bodyHtml: string;
  links: { label: string; url: string }[];
  opensAt: Date | null;
  closesAt: Date | null;
  /** Whether it is closed for good and kept as it is. */
  archived: boolean;
  /** What the organiser says, of a closed letter. */
  closingNote: string | null;
  /** What has happened to it, the first first. */
  timeline: { day: Date; text: string; url: string | null }[];
  /** Whether search engines may show it. */
  listed: boolean;
  signing: SigningRules;
  /** Stands for what the form asks for and says: a form that was shown before a change names another one. */
  formMark: string;
  /** How many names of each group its page shows. */
  namesShown: number;
  /** Whether readers can download the list. */
  listFiles: boolean;
  listOrder: ListOrder;
  /** What the organiser says around it. */
  words: LetterWords;
  updatedAt: Date;
};

/** What is said where no letter is shown: that it was taken down, or where it is now. */
type Absence =
  | { is: "unknown" }
  | { is: "moved"; slug: string }
  | { is: "unpublished"; organiserName: string; note: string | null };

/** A published letter in the reader's language, or null. Costs no query until it changes. */
export async function letterPage(slug: string, locale: string): Promise<LetterPage | null> {
  if (!isSlug(slug)) return null;
  return cache.remember(`letter:${slug}:${locale}`, async (scope) => {
    const now = new Date();
    scope.dependsOn([letterTag(slug)]);
    const letter = await letterBySlug(db, slug);
    scope.storable = letter !== null;
    if (!letter) return null;
    scope.until(nextStatusChange(letter, now)?.getTime() ?? Number.POSITIVE_INFINITY);
    if (!isShown(letterStatus(letter, now))) return null;
    return toPage(letter, locale, now, await picturesOf(db, letter.id));
  });
}

const isShown = (status: LetterStatus) => status === "open" || status === "closed";

/** Why `letterPage` has no letter. */
export async function absence(slug: string): Promise<Absence> {
  if (!isSlug(slug)) return { is: "unknown" };
  return cache.remember(`absence:${slug}`, async (scope): Promise<Absence> => {
    scope.dependsOn([letterTag(slug)]);
    const letter = await letterBySlug(db, slug);
    if (letter && letterStatus(letter, new Date()) === "unpublished")
      return {
        is: "unpublished",
        organiserName: organiserNames(organisersOf(letter), "en"),
        note: letter.unpublishedNote,
      };
    const now = letter ? null : await slugNow(db, slug);
    scope.storable = now !== null;
    if (now) scope.dependsOn([letterTag(now)]);
    return now ? { is: "moved", slug: now } : { is: "unknown" };
  });
}

/** The letters of the index in the reader's language: the open ones first, the newest first. */
export async function listedLetters(locale: string): Promise<LetterPage[]> {
  const slugs = await cache.remember("listed", async (scope) => {
    const now = new Date();
    scope.dependsOn([LETTERS_TAG]);
    scope.until((await nextOpening(db, now))?.getTime() ?? Number.POSITIVE_INFINITY);
    return listedSlugs(db, now);
  });
  const pages = await Promise.all(slugs.map((slug) => letterPage(slug, locale)));
  const shown = pages.filter((page) => page !== null);
  return [
    ...shown.filter(({ status }) => status === "open"),
    ...shown.filter(({ status }) => status !== "open"),
  ];
}

/** A version as its page shows it, with what it changed against the one before. */
export type VersionPage = {
  number: number;
  createdAt: Date;
  reason: string | null;
  change: ChangeSize | null;
  /** The language of the text that is compared. */
  textLocale: string;
  blocks: DiffBlock[];
};

/** All versions of a shown letter, newest first. */
export async function letterVersions({ id, slug }: LetterPage) {
  return cache.remember(`versions:${slug}`, async (scope) => {
    scope.dependsOn([letterTag(slug)]);
    return versionsOf(db, id);
  });
}

/** One version of a shown letter, in the reader's language where that version has it; null where there is none. */
export async function versionPage(
  letter: LetterPage,
  number: number,
  locale: string,
): Promise<VersionPage | null> {
  if (!Number.isInteger(number) || number < 1 || number > letter.versionNumber) return null;
  const { id, slug, textLocale } = letter;
  return cache.remember(`version:${slug}:${number}:${locale}`, async (scope) => {
    scope.dependsOn([letterTag(slug)]);
    const [version, before] = await versionWithTexts(db, id, number);
    scope.storable = version !== undefined;
    if (!version) return null;
    const { texts, createdAt, reason, change } = version;
    const text = chooseText(texts, locale, textLocale);
    const old = before?.texts.find((one) => one.locale === text.locale) ?? (before ? EMPTY : text);
    const blocks = compareLetters(old, text, text.locale);
    return { number, createdAt, reason, change, textLocale: text.locale, blocks };
  });
}

const EMPTY = { title: "", standfirst: "", recipients: "", body: "" };

/** The id of the letter that has a slug or had it before, published or not; it never changes. */
export async function letterId(slug: string): Promise<string | null> {
  if (!isSlug(slug)) return null;
  return cache.remember(`letter-id:${slug}`, async (scope) => {
    scope.dependsOn([letterTag(slug)]);
    const id = await letterIdOf(db, slug);
    scope.storable = id !== null;
    return id;
  });
}

/** The letter of the front page, or null. */
export async function featuredLetter(locale: string): Promise<LetterPage | null> {
  const slug = await cache.remember("featured", async (scope) => {
    const now = new Date();
    scope.dependsOn([FEATURED_TAG]);
    scope.until((await nextOpening(db, now))?.getTime() ?? Number.POSITIVE_INFINITY);
    return featuredSlug(db, now);
  });
  return slug ? letterPage(slug, locale) : null;
}

/** Whether a letter was ever published here, whatever has become of it. */
export function everPublished(): Promise<boolean> {
  return cache.remember("ever-published", async (scope) => {
    scope.dependsOn([LETTERS_TAG, FEATURED_TAG]);
    const now = new Date();
    scope.until((await nextOpening(db, now))?.getTime() ?? Number.POSITIVE_INFINITY);
    return (await db.letter.count({ where: { opensAt: { lte: now } }, take: 1 })) > 0;
  });
}

function toPage(letter: StoredLetter, locale: string, now: Date, pictures: Pictures): LetterPage {
  const [version] = letter.versions;
  if (!version) throw new Error("a letter has no version");
  const text = chooseText(version.texts, locale, letter.locale);
  const signing = signingRules(letter);
  const organisers = organisersOf(letter);
  const words = wordsFor(letter.words, locale, letter.locale);
  return {
    id: letter.id,
    slug: letter.slug,
    status: letterStatus(letter, now),
    organiserName: organiserNames(organisers, locale),
    organiserUrl: organisers.length > 1 ? null : letter.organiserUrl,
    organisers,
    contact: letter.contact,
    senderName: letter.senderName,
    versionId: version.id,
    versionNumber: version.number,
    largeSince: version.changes.map(({ since }) => since.number),
    textLocale: text.locale,
    languages: version.texts.map((one) => one.locale),
    title: text.title,
    standfirst: text.standfirst,
    recipients: text.recipients,
    bodyHtml: renderMarkdown(text.body, { language: text.locale, pictures }),
    links: letter.links,
    opensAt: letter.opensAt,
    closesAt: letter.closesAt,
    archived: letter.archivedAt !== null,
    closingNote: letter.closingNote,
    timeline: letter.timeline,
    listed: letter.listed,
    signing,
    formMark: markOf(signing, words.consentLine?.text),
    words,
    namesShown: letter.namesShown,
    listOrder: letter.listOrder,
    listFiles: letter.listFiles,
    updatedAt: letter.updatedAt,
  };
}
