import type { Context } from "@/lib/auth/context";
import { DomainError } from "@/lib/errors";
import { changeLetter } from "@/lib/letters/change-letter";
import { isEndable } from "@/lib/letters/rules";

/**
 * Closes an open letter now: from then on it is read but not signed. One that was taken down stays so: what is deleted some
 * time after closing is counted from then on.
 * @param note what its page says; null for nothing
 * @throws DomainError `conflict` where it is closed or was never open, `not-found`, `forbidden`
 */
export async function closeLetter(context: Context, slug: string, note: string | null = null): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    const { now } = context;
    if (!isEndable(letter, now)) throw new DomainError("conflict");
    await tx.letter.update({
      where: { id: letter.id },
      data: { closesAt: now, plannedClose: letter.closesAt, closingNote: note },
      select: { id: true },
    });
    await publish("letter.close", { slug, closesAt: now.toISOString() });
  });
}
