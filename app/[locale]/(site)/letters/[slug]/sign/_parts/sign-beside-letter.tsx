import { useTranslations } from "next-intl";
import { LetterCompanion } from "@/app/_components/letter/letter-companion";
import { signPath } from "@/app/_components/letter/sign-actions";
import { SigningForm } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/signing-form";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";
import { type As, kindsOf } from "@/lib/letters/settings/rules";

type Props = { as: As; letter: LetterPage; locale: string; proofOfWorkWanted: boolean };

export function SignBesideLetter({ as, letter, locale, proofOfWorkWanted }: Props) {
  const t = useTranslations("signing");
  const other = as === "organisation" ? "individual" : "organisation";
  const otherForm = localePath(locale, signPath(letter.slug, other));
  return (
    <div className="sheet">
      <div className="page-head form-head">
        <h1 className="page-title">{t(`title.${as}`)}</h1>
        {kindsOf(letter.signing).includes(other) && (
          <p>{t.rich(`switch.${as}`, { other: (words) => <a href={otherForm}>{words}</a> })}</p>
        )}
        <p className="beneath">{t.rich("read", { letter: (words) => <a href="#letter">{words}</a> })}</p>
      </div>
      <div className="beside">
        <SigningForm as={as} letter={letter} locale={locale} proofOfWorkWanted={proofOfWorkWanted} />
        <LetterCompanion letter={letter} locale={locale} form="sign" />
      </div>
    </div>
  );
}
