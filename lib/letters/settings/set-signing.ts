import type { Context } from "@/lib/auth/context";
import { changeLetter } from "@/lib/letters/change-letter";
import type { SigningRules } from "@/lib/letters/settings/rules";

/** Sets who may sign a letter from now on, and what its form asks for. @throws DomainError `not-found`, `forbidden` */
export async function setSigning(context: Context, slug: string, rules: SigningRules): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    const { organisations, individuals, ...asked } = rules;
    const data = { organisationsSign: organisations, individualsSign: individuals, ...asked };
    await tx.letter.update({ where: { id: letter.id }, data, select: { id: true } });
    await publish("letter.signing", rules);
  });
}
