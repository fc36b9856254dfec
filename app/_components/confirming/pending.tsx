import { useTranslations } from "next-intl";
import { SignatureFacts } from "@/app/_components/confirming/signature-facts";
import { FormMessages } from "@/app/_components/form-messages";
import { LetterCompanion } from "@/app/_components/letter/letter-companion";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { signPath } from "@/app/_components/letter/sign-actions";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";
import type { PendingSignature } from "@/lib/signatures/queries";

type Props = {
  signature: PendingSignature;
  letter: LetterPage;
  path: string;
  changed: boolean;
  locale: string;
};

/** The signature as it will be published and kept, the letter, and the button that confirms. */
export function Pending({ signature, letter, path, changed, locale }: Props) {
  const t = useTranslations("confirming.pending");
  const language = letterLanguage(letter.textLocale, locale);
  return (
    <div className="sheet">
      <div className="page-head form-head">
        <h1 className="page-title">{t("title")}</h1>
        <p className="lead">
          {t.rich("intro", {
            name: letter.title,
            letter: (words) => (
              <a href="#letter">
                <bdi {...language}>{words}</bdi>
              </a>
            ),
          })}
        </p>
        {changed && <p className="notice">{t("changed")}</p>}
      </div>
      <div className="beside">
        <div className="form">
          <SignatureFacts signature={signature} locale={locale} />
          <ConfirmForm signature={signature} path={path} locale={locale} />
        </div>
        <LetterCompanion letter={letter} locale={locale} form="confirm" />
      </div>
    </div>
  );
}

function ConfirmForm({ signature, path, locale }: Pick<Props, "signature" | "path" | "locale">) {
  const t = useTranslations("confirming.pending");
  const as = signature.kind === "ORGANISATION" ? "organisation" : "individual";
  const again = localePath(locale, signPath(signature.slug, as));
  return (
    <FormMessages locale={locale}>
      <Form id="confirm" className="form" action={localePath(locale, path)} initial={formState("confirm")}>
        <input type="hidden" name="revision" value={signature.revision} />
        <button className="button" type="submit">
          {t("submit")}
        </button>
        <p className="note">{t.rich("mistake", { again: (words) => <a href={again}>{words}</a> })}</p>
      </Form>
    </FormMessages>
  );
}
