import type { Context } from "@/lib/auth/context";
import { changeLetter } from "@/lib/letters/change-letter";
import { settingsNow } from "@/lib/letters/settings/queries";
import type { SigningRules } from "@/lib/letters/settings/rules";
import { assertSeen } from "@/lib/letters/settings/seen";
import { voidExportsOf } from "@/lib/moderation/export/void-exports";
import { endedLine, representativesHash } from "@/lib/signatures/erasure/erased-hash";
import { noteHidden } from "@/lib/signatures/erasure/note-hidden";

/**
 * Sets who may sign a letter from now on, and what its form asks for.
 * @throws DomainError `changed` (see `assertSeen`), `not-found`, `forbidden`
 */
export async function setSigning(
  context: Context,
  slug: string,
  rules: SigningRules,
  seen: string | null = null,
): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    const { signing: before } = await settingsNow(tx, letter.id);
    assertSeen(before, rules, seen);
    const { organisations, individuals, ...asked } = rules;
    const data = { organisationsSign: organisations, individualsSign: individuals, ...asked };
    await tx.letter.update({ where: { id: letter.id }, data, select: { id: true } });
    if (before.representativesShown && !rules.representativesShown)
      await voidExportsOf(tx, letter.id, context.now, { shown: true, confirmed: true });
    const hash = representativesHash(letter.id);
    if (before.representativesShown !== rules.representativesShown)
      await noteHidden(tx, [rules.representativesShown ? endedLine(hash) : hash]);
    await publish("letter.signing", rules);
  });
}
