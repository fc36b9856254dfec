import type { Context } from "@/lib/auth/context";
import { changeLetter } from "@/lib/letters/change-letter";
import type { NewOrganisers } from "@/lib/letters/settings/schemas";

/**
 * Sets who publishes a letter, where readers' answers go, and who its mails say they are from.
 * @throws DomainError `not-found`, `forbidden`
 */
export async function setOrganisers(
  context: Context,
  slug: string,
  organisers: NewOrganisers,
): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    await tx.letter.update({ where: { id: letter.id }, data: organisers, select: { id: true } });
    await publish("letter.organisers", organisers);
  });
}
