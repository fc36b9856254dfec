import { getTranslations } from "next-intl/server";
import { SignedKit } from "@/app/_components/letter/signed-kit";
import { letterTally } from "@/lib/counts/cached";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";
import { shownSignatory } from "@/lib/signatories/shown-signatory";

type Props = {
  letter: LetterPage;
  /** The ids of one's own signatures of it. */
  signatures: string[];
  locale: string;
};

/**
 * Ways from one's signature to the list, and to pass the letter on: with one's name only where everybody sees
 * it.
 */
export async function PassOn({ letter, signatures, locale }: Props) {
  const t = await getTranslations("confirming");
  const tally = await letterTally(letter.slug);
  const shown = await Promise.all(signatures.map(shownSignatory));
  return (
    <div className="pass-on">
      <SignedKit
        letter={letter}
        tally={tally}
        locale={locale}
        signed={shown.find((one) => one !== null) ?? null}
      />
      <p>
        <a href={localePath(locale, `/letters/${letter.slug}/signatories`)}>{t("list")}</a>
      </p>
    </div>
  );
}
