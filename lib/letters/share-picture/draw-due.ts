import { createHash } from "node:crypto";
import { announceChange, shareTag } from "@/lib/cache/changes";
import { headlineText } from "@/lib/counts/headline-text";
import { readTally } from "@/lib/counts/queries";
import { db } from "@/lib/db/client";
import { LOCALES } from "@/lib/i18n/locales";
import { letterBySlug, type StoredLetter } from "@/lib/letters/queries";
import { chooseText } from "@/lib/letters/rules";
import { wordsFor } from "@/lib/letters/settings/letter-words";
import { organiserNames, organisersOf } from "@/lib/letters/settings/organisers";
import { drawSharePicture, type PictureWords } from "@/lib/letters/share-picture/draw";

const AT_ONCE = 5;

/**
 * Draws the pictures of public letters that have changed since they were drawn, where that changes what they say.
 * @returns of how many letters
 * @throws the first failure, once all had their turn: one that can't be drawn keeps no other waiting
 */
export async function drawDuePictures(now: Date): Promise<number> {
  const due = await db.$queryRaw<{ slug: string }[]>`
    SELECT l.slug FROM letter l
    WHERE l.opens_at <= ${now} AND l.unpublished_at IS NULL AND NOT EXISTS (
      SELECT FROM share_picture p WHERE p.letter_id = l.id AND p.letter_changed_at = l.updated_at)
    ORDER BY random() LIMIT ${AT_ONCE}`;
  const failures: unknown[] = [];
  for (const { slug } of due) await drawPictures(slug, now).catch((error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
  return due.length;
}

async function drawPictures(slug: string, now: Date): Promise<void> {
  const letter = await letterBySlug(db, slug);
  if (!letter) return;
  const wanted = await wordsOf(letter);
  const known = await db.sharePicture.findMany({
    where: { letterId: letter.id },
    select: { language: true, saysHash: true },
  });
  const drawn = await Promise.all(
    wanted.map(async (words) => {
      const saysHash = createHash("sha256").update(JSON.stringify(words)).digest("base64url");
      const same = known.some((one) => one.language === words.language && one.saysHash === saysHash);
      return { language: words.language, saysHash, bytes: same ? undefined : await drawSharePicture(words) };
    }),
  );
  const stamp = { letterChangedAt: letter.updatedAt, drawnAt: now };
  await db.$transaction(async (tx) => {
    const languages = wanted.map(({ language }) => language);
    await tx.sharePicture.deleteMany({ where: { letterId: letter.id, language: { notIn: languages } } });
    for (const { bytes, ...picture } of drawn) {
      const where = { letterId_language: { letterId: letter.id, language: picture.language } };
      if (!bytes)
        await tx.sharePicture.updateMany({ where: { letterId: letter.id, ...picture }, data: stamp });
      else {
        const row = { ...picture, ...stamp, bytes };
        await tx.sharePicture.upsert({
          ...{ where, create: { letterId: letter.id, ...row }, update: row, select: { language: true } },
        });
      }
    }
    if (drawn.some(({ bytes }) => bytes)) await announceChange(tx, shareTag(slug));
  });
}

/** What the pictures say: one for each language in which a reader is shown the letter. */
async function wordsOf(letter: StoredLetter): Promise<PictureWords[]> {
  const [version] = letter.versions;
  if (!version) return [];
  const tally = await readTally(db, letter.id);
  const texts = new Set(LOCALES.map((locale) => chooseText(version.texts, locale, letter.locale)));
  return [...texts].map(({ locale: language, title }) => ({
    language,
    title,
    organiser: organiserNames(organisersOf(letter), language),
    headline: headlineText(language, tally, wordsFor(letter.words, language, letter.locale).experts),
  }));
}
