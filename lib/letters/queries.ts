import type { Database } from "@/lib/db/client";
import type { LetterTimes } from "@/lib/letters/rules";

const LETTER = {
  id: true,
  slug: true,
  organiserName: true,
  organiserUrl: true,
  otherOrganisers: true,
  contact: true,
  senderName: true,
  locale: true,
  opensAt: true,
  closesAt: true,
  closingNote: true,
  unpublishedAt: true,
  unpublishedNote: true,
  archivedAt: true,
  listed: true,
  updatedAt: true,
  organisationsSign: true,
  individualsSign: true,
  websiteRequired: true,
  affiliationRequired: true,
  representativesShown: true,
  discreetByDefault: true,
  namesShown: true,
  listOrder: true,
  listFiles: true,
  timeline: { select: { day: true, text: true, url: true }, orderBy: { day: "asc" } },
  words: {
    select: { locale: true, consentLine: true, questions: true, expertForms: true, expertNote: true },
    orderBy: { locale: "asc" },
  },
  links: { select: { label: true, url: true }, orderBy: { position: "asc" } },
  versions: {
    select: {
      id: true,
      number: true,
      changes: { where: { size: "LARGE" }, select: { since: { select: { number: true } } } },
      texts: { select: { locale: true, title: true, standfirst: true, recipients: true, body: true } },
    },
    orderBy: { number: "desc" },
    take: 1,
  },
} as const;

/** A letter with its newest version, in all its languages; null where there is none of that slug. */
export function letterBySlug(db: Database, slug: string) {
  return db.letter.findUnique({ where: { slug }, select: LETTER });
}

/** A letter as `letterBySlug` reads it. */
export type StoredLetter = NonNullable<Awaited<ReturnType<typeof letterBySlug>>>;

/** A letter's times and its newest version; null where there is none, or it was never published. */
export async function newestVersion(db: Database, letterId: string) {
  const [letter] = await db.$queryRaw<NewestVersion[]>`
    SELECT l.opens_at AS "opensAt", l.closes_at AS "closesAt", l.unpublished_at AS "unpublishedAt",
      l.archived_at AS "archivedAt", v.id::text AS "versionId", v.number AS "versionNumber"
    FROM letter l JOIN letter_version v ON v.letter_id = l.id
    WHERE l.id = ${letterId}::uuid ORDER BY v.number DESC LIMIT 1`;
  return letter ?? null;
}

type NewestVersion = LetterTimes & { archivedAt: Date | null; versionId: string; versionNumber: number };

const VERSION = {
  number: true,
  createdAt: true,
  reason: true,
  change: true,
  wordsChanged: true,
  wordsBefore: true,
} as const;

/** All versions of a letter, newest first, without their texts. */
export function versionsOf(db: Database, letterId: string) {
  return db.letterVersion.findMany({ where: { letterId }, orderBy: { number: "desc" }, select: VERSION });
}

/** One version with its texts, and the one before. */
export function versionWithTexts(db: Database, letterId: string, number: number) {
  const texts = { select: { locale: true, title: true, standfirst: true, recipients: true, body: true } };
  return db.letterVersion.findMany({
    where: { letterId, number: { in: [number, number - 1] } },
    orderBy: { number: "desc" },
    select: { ...VERSION, texts },
  });
}

const PUBLISHED = (now: Date) => ({ opensAt: { lte: now }, unpublishedAt: null });

/** The slug of the letter that the front page shows: the featured one, or the newest that is published and listed. */
export async function featuredSlug(db: Database, now: Date): Promise<string | null> {
  const letter = await db.letter.findFirst({
    where: { ...PUBLISHED(now), archivedAt: null, OR: [{ featured: true }, { listed: true }] },
    orderBy: [{ featured: "desc" }, { opensAt: "desc" }, { id: "desc" }],
    select: { slug: true },
  });
  return letter?.slug ?? null;
}

/** The slugs of all letters for the index, the newest first. */
export async function listedSlugs(db: Database, now: Date): Promise<string[]> {
  const letters = await db.letter.findMany({
    where: { ...PUBLISHED(now), listed: true },
    orderBy: [{ opensAt: "desc" }, { id: "desc" }],
    select: { slug: true },
  });
  return letters.map(({ slug }) => slug);
}

/** The slugs at which something is said: of letters that are or were published, and those that they had before. */
export async function knownSlugs(db: Database, now: Date): Promise<string[]> {
  const opened = { opensAt: { lte: now } };
  const letters = await db.letter.findMany({ where: opened, select: { slug: true } });
  const old = await db.oldSlug.findMany({ where: { letter: opened }, select: { slug: true } });
  return [...letters, ...old].map(({ slug }) => slug);
}

/** The id of the letter that has a slug or had it before. */
export async function letterIdOf(db: Database, slug: string): Promise<string | null> {
  const letter = await db.letter.findUnique({ where: { slug }, select: { id: true } });
  if (letter) return letter.id;
  const old = await db.oldSlug.findUnique({ where: { slug }, select: { letterId: true } });
  return old?.letterId ?? null;
}

/** Where a letter is now that had a slug before; null where none had it. */
export async function slugNow(db: Database, slug: string): Promise<string | null> {
  const old = await db.oldSlug.findUnique({
    where: { slug },
    select: { letter: { select: { slug: true } } },
  });
  return old?.letter.slug ?? null;
}

/** The next time at which a letter appears by itself. */
export async function nextOpening(db: Database, now: Date): Promise<Date | null> {
  const letter = await db.letter.findFirst({
    where: { opensAt: { gt: now } },
    orderBy: { opensAt: "asc" },
    select: { opensAt: true },
  });
  return letter?.opensAt ?? null;
}
