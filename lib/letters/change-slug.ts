import type { Context } from "@/lib/auth/context";
import { DomainError } from "@/lib/errors";
import { announceLetter, changeLetter } from "@/lib/letters/change-letter";

/**
 * Gives a letter another name in addresses; the old ones lead to the new one for good.
 * @throws DomainError `taken` where another letter has or had it, `not-found`, `forbidden`
 */
export async function changeSlug(context: Context, slug: string, to: string): Promise<void> {
  if (slug === to) return;
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('undersigned.slugs'))`;
    const other = await tx.letter.count({ where: { slug: to } });
    const others = await tx.oldSlug.count({ where: { slug: to, letterId: { not: letter.id } } });
    if (other + others > 0) throw new DomainError("taken");
    await tx.oldSlug.deleteMany({ where: { slug: to } });
    // Of a letter that nobody has seen nobody has the address, and it may be a working title.
    if (letter.opensAt && letter.opensAt <= context.now)
      await tx.oldSlug.create({ data: { slug, letterId: letter.id }, select: { slug: true } });
    await tx.letter.update({ where: { id: letter.id }, data: { slug: to }, select: { id: true } });
    await publish("letter.slug", { before: { slug }, after: { slug: to } });
    await announceLetter(tx, to);
  });
}
