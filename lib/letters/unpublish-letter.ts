import type { Context } from "@/lib/auth/context";
import { DomainError } from "@/lib/errors";
import { changeLetter } from "@/lib/letters/change-letter";

/**
 * Takes a letter down: its pages say so, with the organiser's sentence, and nothing else of it is shown or signed.
 * @throws DomainError `conflict` for one that readers have not got, `not-found`, `forbidden`
 */
export async function unpublishLetter(context: Context, slug: string, note: string | null): Promise<void> {
  await changeLetter(
    context,
    slug,
    async ({ tx, letter, publish }) => {
      const { now } = context;
      if (!letter.opensAt || letter.opensAt > now || letter.unpublishedAt) throw new DomainError("conflict");
      await tx.letter.update({
        where: { id: letter.id },
        data: { unpublishedAt: now, unpublishedNote: note },
        select: { id: true },
      });
      await publish("letter.unpublish");
    },
    { evenArchived: true },
  );
}

/** Shows a letter again that was taken down. @throws DomainError `conflict`, `not-found`, `forbidden` */
export async function publishAgain(context: Context, slug: string): Promise<void> {
  await changeLetter(
    context,
    slug,
    async ({ tx, letter, publish }) => {
      if (!letter.unpublishedAt) throw new DomainError("conflict");
      await tx.letter.update({
        where: { id: letter.id },
        data: { unpublishedAt: null, unpublishedNote: null },
        select: { id: true },
      });
      await publish("letter.publish-again");
    },
    { evenArchived: true },
  );
}
