import type { Database } from "@/lib/db/client";
import { isPictureName } from "@/lib/letters/pictures/rules";

/** A letter's pictures by name, with their sizes in pixels. */
export type Pictures = ReadonlyMap<string, { width: number; height: number }>;

export async function picturesOf(database: Database, letterId: string): Promise<Pictures> {
  const rows = await database.letterPicture.findMany({
    where: { letterId },
    select: { name: true, width: true, height: true },
  });
  return new Map(rows.map(({ name, ...size }) => [name, size]));
}

/** One picture of a letter, published or not. */
export async function pictureBytes(database: Database, letterId: string, name: string) {
  if (!isPictureName(name)) return null;
  const where = { letterId_name: { letterId, name } };
  return (await database.letterPicture.findUnique({ where, select: { bytes: true } }))?.bytes ?? null;
}

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A picture that the public may have: one that a published text shows, of a letter that has opened and was not taken down.
 */
export async function publicPicture(
  database: Database,
  name: string,
  now: Date,
): Promise<{ slug: string; bytes: Bytes } | null> {
  if (!isPictureName(name)) return null;
  const [found] = await database.$queryRaw<{ slug: string; bytes: Bytes }[]>`
    SELECT l.slug, p.bytes FROM letter_picture p JOIN letter l ON l.id = p.letter_id
    WHERE p.name = ${name} AND l.opens_at <= ${now} AND l.unpublished_at IS NULL AND EXISTS (
      SELECT FROM letter_version v JOIN letter_text t ON t.version_id = v.id
      WHERE v.letter_id = l.id AND strpos(t.body, ${name}) > 0)
    LIMIT 1`;
  return found ?? null;
}

/** The names of those of a letter's pictures that a text of it shows, published or being written. */
export async function shownPictures(database: Database, letterId: string): Promise<Set<string>> {
  const rows = await database.$queryRaw<{ name: string }[]>`
    SELECT p.name FROM letter_picture p WHERE p.letter_id = ${letterId}::uuid AND (
      EXISTS (SELECT FROM letter_draft d WHERE d.letter_id = p.letter_id AND strpos(d.body, p.name) > 0)
      OR EXISTS (
        SELECT FROM letter_version v JOIN letter_text t ON t.version_id = v.id
        WHERE v.letter_id = p.letter_id AND strpos(t.body, p.name) > 0))`;
  return new Set(rows.map(({ name }) => name));
}
