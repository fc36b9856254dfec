import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AskForLink } from "@/app/_components/confirming/ask-for-link";
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
  locale: string;
};

/** The signature as it will be published and kept, what else waits, the letter, and the button that confirms. */
export function Pending({ signature, letter, path, locale }: Props) {
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
        <Notices signature={signature} />
      </div>
      <div className="beside">
        <div className="form">
          <SignatureFacts signature={signature} locale={locale} />
          {!signature.taken && <ConfirmForm signature={signature} path={path} locale={locale} />}
          {signature.others.newer === "unmailed" && <AskForLink path="/signatures" locale={locale} />}
        </div>
        <LetterCompanion letter={letter} locale={locale} form="confirm" />
      </div>
    </div>
  );
}

/** Why this entry cannot be confirmed, or what else came in for the same address: a stranger may have sent it. */
function Notices({ signature: { taken, kind, others } }: Pick<Props, "signature">) {
  const t = useTranslations("confirming.pending");
  const ask = (words: ReactNode) => <a href="#resend-title">{words}</a>;
  if (taken) return <p className="notice">{t(`taken.${kind}`)}</p>;
  return (
    <>
      {others.earlier && <p className="notice">{t("others.earlier")}</p>}
      {others.newer !== "none" && <p className="notice">{t.rich(`others.${others.newer}`, { ask })}</p>}
    </>
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
