import { assertPermitted } from "@/lib/auth/assert-may";
import type { Context } from "@/lib/auth/context";
import { changeLetter } from "@/lib/letters/change-letter";

/** Where a letter is shown besides at its own address. */
type Places = {
  /** On the front page, in place of any other. */
  featured: boolean;
  /** In the index, and to search engines. */
  listed: boolean;
};

/** Chooses whether the front page and lists show a letter. @throws DomainError `not-found`, `forbidden` */
export async function featureLetter(context: Context, slug: string, places: Places): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    const before = await tx.letter.findUniqueOrThrow({
      where: { id: letter.id },
      select: { featured: true },
    });
    // The front page is the site's, not a letter's.
    if (before.featured !== places.featured && context.actor.kind !== "system")
      await assertPermitted(tx, context.actor, "letter.feature", null);
    if (places.featured)
      await tx.letter.updateMany({
        where: { featured: true, id: { not: letter.id } },
        data: { featured: false },
      });
    await tx.letter.update({ where: { id: letter.id }, data: places, select: { id: true } });
    await publish("letter.places", places);
  });
}
