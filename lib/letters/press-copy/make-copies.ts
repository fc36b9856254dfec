import { createHash } from "node:crypto";
import { announceChange, pressTag } from "@/lib/cache/changes";
import { db } from "@/lib/db/client";
import { DEFAULT_LOCALE, dateLocale, isLocale } from "@/lib/i18n/locales";
import { translator } from "@/lib/i18n/translator";
import { picturesIn, type Tree } from "@/lib/letters/markdown/tree";
import { pictureBytes } from "@/lib/letters/pictures/queries";
import { gatherPressContent, type PressContent } from "@/lib/letters/press-copy/gather";
import { dueBefore, isolated } from "@/lib/letters/press-copy/rules";
import { type PressLetter, type PressPicture, typeset } from "@/lib/letters/press-copy/typeset";
import { log } from "@/lib/ops/log/log";

type Due = { letterId: string; slug: string; locale: string };

/**
 * Makes the copies for the press that are due: of a letter that has none, or whose readers see something else than ten
 * minutes ago. One that fails keeps no other from being made.
 * @param all looks at all of them, whatever has changed: the site's address or its press contact. What says the same is kept
 */
export async function makeDueCopies(now: Date, { all = false } = {}): Promise<void> {
  for (const due of await dueCopies(now, all))
    await makeCopy(due, now).catch((error: unknown) =>
      log.error("a copy for the press failed", error, { letter: due.letterId, locale: due.locale }),
    );
}

const dueCopies = (now: Date, all: boolean) => db.$queryRaw<Due[]>`
  SELECT l.id::text AS "letterId", l.slug, t.locale
  FROM letter l
    JOIN LATERAL (SELECT v.id FROM letter_version v WHERE v.letter_id = l.id ORDER BY v.number DESC LIMIT 1) v ON true
    JOIN letter_text t ON t.version_id = v.id
    LEFT JOIN press_copy c ON c.letter_id = l.id AND c.locale = t.locale
  WHERE l.opens_at <= ${now} AND l.unpublished_at IS NULL AND (
    c.letter_id IS NULL OR (c.bytes IS NULL AND c.problem IS NULL)
    OR ${all} OR (c.seen_at <> l.updated_at AND c.made_at <= ${dueBefore(now)}))
  ORDER BY (c.bytes IS NULL) DESC, l.id, t.locale`;

/** Makes one. Where somebody goes meanwhile it is not kept; the next time comes at once. */
export async function makeCopy({ letterId, slug, locale }: Due, now: Date): Promise<void> {
  const voids = await beginCopy(letterId, locale);
  const content = await db.$transaction((tx) => gatherPressContent(tx, slug, locale), {
    isolationLevel: "RepeatableRead",
  });
  if (!content) return;
  const { updatedAt: seenAt } = content;
  const edition = await editionOf(letterId, locale, content, now);
  const where = { letterId, locale, voids };
  // Nothing else to say: the copy that is kept is this edition already.
  const same = { ...where, edition: edition.number, bytes: { not: null } };
  const kept = await db.pressCopy.updateMany({ where: same, data: { seenAt, madeAt: now, problem: null } });
  if (kept.count > 0) return;
  const pictures = await pictureFiles(letterId, content.letter);
  const made = await typeset(dated(content, edition, locale), pictures).catch(async (error: unknown) => {
    // What was made before stays; the same again would fail again.
    await db.pressCopy.updateMany({ where, data: { problem: "FAILED", seenAt, madeAt: now } });
    throw error;
  });
  await db.$transaction(async (tx) => {
    const stored =
      "pdf" in made
        ? { bytes: new Uint8Array(made.pdf), edition: edition.number, problem: null, leftOut: made.left }
        : { bytes: null, edition: null, problem: "FONT" as const };
    const { count } = await tx.pressCopy.updateMany({ where, data: { ...stored, seenAt, madeAt: now } });
    if (count === 0) return;
    if ("pdf" in made) {
      const checksum = createHash("sha256").update(made.pdf).digest("hex");
      const { number } = edition;
      await tx.pressEdition.upsert({
        where: { letterId_locale_number: { letterId, locale, number } },
        create: { letterId, locale, ...edition, checksum },
        // It says what it said: who had gone is back.
        update: { goneAt: null },
        select: { number: true },
      });
    }
    await announceChange(tx, pressTag(slug));
  });
}

/** Makes the row of a copy, under the lock that a withdrawal holds too. @returns how often somebody has gone */
function beginCopy(letterId: string, locale: string): Promise<number> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM letter WHERE id = ${letterId}::uuid FOR NO KEY UPDATE`;
    const { voids } = await tx.pressCopy.upsert({
      where: { letterId_locale: { letterId, locale } },
      create: { letterId, locale },
      update: {},
      select: { voids: true },
    });
    return voids;
  });
}

type Edition = { number: number; cutOff: Date; content: string };

/** The last edition again where it says the same, else the next one. */
async function editionOf(
  letterId: string,
  locale: string,
  content: PressContent,
  now: Date,
): Promise<Edition> {
  const { letter, version, words, zone } = content;
  const hash = createHash("sha256").update(JSON.stringify({ letter, version, words, zone })).digest("hex");
  const last = await db.pressEdition.findFirst({ where: { letterId, locale }, orderBy: { number: "desc" } });
  if (last?.content === hash) return { number: last.number, cutOff: last.cutOff, content: hash };
  return { number: (last?.number ?? 0) + 1, cutOff: now, content: hash };
}

/** With the number and the time of its edition, in words. */
function dated(content: PressContent, { number, cutOff }: Edition, locale: string): PressLetter {
  const { letter, version, words, zone } = content;
  const t = translator(locale, "letter");
  // In the language of the sentence around it.
  const language = dateLocale(isLocale(locale) ? locale : DEFAULT_LOCALE);
  const inWords = (style: object) =>
    new Intl.DateTimeFormat(language, { timeZone: zone, ...style }).format(cutOff);
  const minute = { dateStyle: "long", timeStyle: "long" };
  return {
    ...letter,
    date: {
      ...{ year: cutOff.getUTCFullYear(), month: cutOff.getUTCMonth() + 1, day: cutOff.getUTCDate() },
      ...{ hour: cutOff.getUTCHours(), minute: cutOff.getUTCMinutes(), second: cutOff.getUTCSeconds() },
    },
    words: {
      ...words,
      edition: isolated(t("press.edition", { number, version, date: inWords({ dateStyle: "long" }) })),
      cutOff: isolated(t("press.cutOff", { time: inWords(minute) })),
      page: t("press.page", { page: "{page}", pages: "{pages}" }),
    },
  };
}

async function pictureFiles(letterId: string, { body, notes }: Tree): Promise<PressPicture[]> {
  const names = new Set(picturesIn([...body, ...notes.flat()]).map(({ name }) => name));
  const pictures = await Promise.all(
    [...names].map(async (name) => ({ name, bytes: await pictureBytes(db, letterId, name) })),
  );
  return pictures.flatMap(({ name, bytes }) => (bytes ? { name, bytes } : []));
}
