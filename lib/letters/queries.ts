import type { Database } from "@/lib/db/client";

const LETTER = {
  id: true,
  slug: true,
  organiserName: true,
  organiserUrl: true,
  locale: true,
  opensAt: true,
  closesAt: true,
  updatedAt: true,
  links: { select: { label: true, url: true }, orderBy: { position: "asc" } },
  versions: {
    select: {
      id: true,
      number: true,
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

/** A letter's times and its newest version; null where there is none of that slug. */
export async function newestVersion(db: Database, slug: string) {
  const [letter] = await db.$queryRaw<{ opensAt: Date | null; closesAt: Date | null; versionId: string }[]>`
    SELECT l.opens_at AS "opensAt", l.closes_at AS "closesAt", v.id::text AS "versionId"
    FROM letter l JOIN letter_version v ON v.letter_id = l.id
    WHERE l.slug = ${slug} ORDER BY v.number DESC LIMIT 1`;
  return letter ?? null;
}

/** The slug of the letter that the front page shows: the featured one, or the newest that is published. */
export async function featuredSlug(db: Database, now: Date): Promise<string | null> {
  const letter = await db.letter.findFirst({
    where: { opensAt: { lte: now } },
    orderBy: [{ featured: "desc" }, { opensAt: "desc" }, { id: "desc" }],
    select: { slug: true },
  });
  return letter?.slug ?? null;
}

export async function publishedSlugs(db: Database, now: Date): Promise<string[]> {
  const letters = await db.letter.findMany({ where: { opensAt: { lte: now } }, select: { slug: true } });
  return letters.map(({ slug }) => slug);
}

/** The next time at which an unpublished letter appears by itself. */
export async function nextOpening(db: Database, now: Date): Promise<Date | null> {
  const letter = await db.letter.findFirst({
    where: { opensAt: { gt: now } },
    orderBy: { opensAt: "asc" },
    select: { opensAt: true },
  });
  return letter?.opensAt ?? null;
}
