import type { Context } from "@/lib/auth/context";
import { DomainError } from "@/lib/errors";
import { changeLetter } from "@/lib/letters/change-letter";
import { letterStatus } from "@/lib/letters/rules";

/**
 * Archives a closed letter: it is read with its list as it is, not shown on the front page, and nothing of it changes until
 * it is taken out again. Signatories can still withdraw.
 * @throws DomainError `conflict` where it is not closed, `archived`, `not-found`, `forbidden`
 */
export async function archiveLetter(context: Context, slug: string): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    const { now } = context;
    if (letterStatus(letter, now) !== "closed") throw new DomainError("conflict");
    const data = { archivedAt: now, featured: false };
    await tx.letter.update({ where: { id: letter.id }, data, select: { id: true } });
    await publish("letter.archive");
  });
}

/** Takes a letter out of the archive: it is closed, as before. @throws DomainError `conflict`, `not-found`, `forbidden` */
export async function unarchiveLetter(context: Context, slug: string): Promise<void> {
  const unarchive: Parameters<typeof changeLetter<void>>[2] = async ({ tx, letter, publish }) => {
    if (!letter.archivedAt) throw new DomainError("conflict");
    await tx.letter.update({ where: { id: letter.id }, data: { archivedAt: null }, select: { id: true } });
    await publish("letter.unarchive");
  };
  await changeLetter(context, slug, unarchive, { evenArchived: true });
}
