import type { Context } from "@/lib/auth/context";
import { changeLetter } from "@/lib/letters/change-letter";
import { asWritten, wordsNow } from "@/lib/letters/settings/queries";
import type { NewWords } from "@/lib/letters/settings/schemas";
import { assertSeen } from "@/lib/letters/settings/seen";
import { consentVersion } from "@/lib/signatures/consent";
import { Prisma } from "@/prisma/generated/client";

/**
 * Sets what is said around a letter in one language. The audit log keeps each line that was agreed to, under the name that
 * signatures record.
 * @throws DomainError `changed` (see `assertSeen`), `not-found`, `forbidden`
 */
export async function setWords(
  context: Context,
  slug: string,
  { locale, ...words }: NewWords,
  seen: string | null = null,
): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    assertSeen(await wordsNow(tx, letter.id, locale), asWritten(words), seen);
    const where = { letterId_locale: { letterId: letter.id, locale } };
    const data = { ...words, expertForms: words.expertForms ?? Prisma.DbNull };
    if (Object.values(words).some((part) => part !== null))
      await tx.letterWords.upsert({
        where,
        create: { letterId: letter.id, locale, ...data },
        update: data,
        select: { locale: true },
      });
    else await tx.letterWords.deleteMany({ where: { letterId: letter.id, locale } });
    const { consentLine } = words;
    const agreed = consentLine ? { consentLine, consentVersion: consentVersion(consentLine) } : {};
    await publish("letter.words", { locale, ...agreed });
  });
}
