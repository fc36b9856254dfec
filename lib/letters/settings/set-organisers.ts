import type { Context } from "@/lib/auth/context";
import { changeLetter } from "@/lib/letters/change-letter";
import { settingsNow } from "@/lib/letters/settings/queries";
import type { NewOrganisers } from "@/lib/letters/settings/schemas";
import { assertSeen } from "@/lib/letters/settings/seen";

/**
 * Sets who publishes a letter, where readers' answers go, and who its mails say they are from.
 * @throws DomainError `changed` (see `assertSeen`), `not-found`, `forbidden`
 */
export async function setOrganisers(
  context: Context,
  slug: string,
  organisers: NewOrganisers,
  seen: string | null = null,
): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    assertSeen((await settingsNow(tx, letter.id)).organisers, organisers, seen);
    await tx.letter.update({ where: { id: letter.id }, data: organisers, select: { id: true } });
    await publish("letter.organisers", organisers);
  });
}
