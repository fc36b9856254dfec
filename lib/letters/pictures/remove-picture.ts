import type { Context } from "@/lib/auth/context";
import { DomainError } from "@/lib/errors";
import { changeLetter } from "@/lib/letters/change-letter";
import { shownPictures } from "@/lib/letters/pictures/queries";

/**
 * Deletes a picture that no text of a letter shows, neither one that is being written nor a published one.
 * @throws DomainError `conflict` for one that is shown, `not-found`, `forbidden`
 */
export async function removePicture(context: Context, slug: string, name: string): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, note }) => {
    if ((await shownPictures(tx, letter.id)).has(name)) throw new DomainError("conflict");
    const { count } = await tx.letterPicture.deleteMany({ where: { letterId: letter.id, name } });
    if (count === 0) throw new DomainError("not-found");
    await note("letter.picture-remove", { picture: name });
  });
}
