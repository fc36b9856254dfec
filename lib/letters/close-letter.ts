import type { Context } from "@/lib/auth/context";
import { DomainError } from "@/lib/errors";
import { changeLetter } from "@/lib/letters/change-letter";
import { letterStatus } from "@/lib/letters/rules";

/**
 * Closes an open letter now: from then on it is read but not signed.
 * @param note what its page says; null for nothing
 * @throws DomainError `conflict` where it is not open, `not-found`, `forbidden`
 */
export async function closeLetter(context: Context, slug: string, note: string | null = null): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    const { now } = context;
    if (letterStatus(letter, now) !== "open") throw new DomainError("conflict");
    await tx.letter.update({
      where: { id: letter.id },
      data: { closesAt: now, plannedClose: letter.closesAt, closingNote: note },
      select: { id: true },
    });
    await publish("letter.close", { slug, closesAt: now.toISOString() });
  });
}
