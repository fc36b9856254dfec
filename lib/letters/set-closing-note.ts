import type { Context } from "@/lib/auth/context";
import { DomainError } from "@/lib/errors";
import { changeLetter } from "@/lib/letters/change-letter";
import { letterStatus } from "@/lib/letters/rules";

/**
 * Changes what a closed letter's page says.
 * @throws DomainError `conflict` for one that is not closed, `not-found`, `forbidden`
 */
export async function setClosingNote(
  context: Context,
  slug: string,
  closingNote: string | null,
): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    if (letterStatus(letter, context.now) !== "closed") throw new DomainError("conflict");
    await tx.letter.update({ where: { id: letter.id }, data: { closingNote }, select: { id: true } });
    await publish("letter.closing-note");
  });
}
