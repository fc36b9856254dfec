import { createHash } from "node:crypto";
import type { Context } from "@/lib/auth/context";
import { changeLetter } from "@/lib/letters/change-letter";
import { MOST_PICTURES, PICTURE_FRAME } from "@/lib/letters/pictures/rules";
import { reEncode } from "@/lib/pictures/re-encode";

export type NewPicture = {
  /** As it was sent. */
  file: Uint8Array;
  /** What it shows, in words, and what stands below it. */
  alt: string;
  caption: string;
};

/**
 * Adds a picture to a letter, encoded anew: readers see it once a published text shows it.
 * @returns its name; null where the letter has as many as it can have
 * @throws PictureError, DomainError `not-found`, `forbidden`
 */
export async function addPicture(
  context: Context,
  slug: string,
  { file, ...words }: NewPicture,
): Promise<string | null> {
  const { bytes, width, height } = await reEncode(file, PICTURE_FRAME);
  const name = `${createHash("sha256").update(bytes).digest("hex").slice(0, 24)}.webp`;
  return changeLetter(context, slug, async ({ tx, letter, note }) => {
    const where = { letterId_name: { letterId: letter.id, name } };
    const known = await tx.letterPicture.findUnique({ where, select: { name: true } });
    const count = await tx.letterPicture.count({ where: { letterId: letter.id } });
    if (!known && count >= MOST_PICTURES) return null;
    const row = { ...words, width, height, bytes, addedAt: context.now };
    const create = { letterId: letter.id, name, ...row };
    await tx.letterPicture.upsert({ where, create, update: words, select: { name: true } });
    if (!known) await note("letter.picture", { picture: name });
    return name;
  });
}
