import { useTranslations } from "next-intl";
import { CheckboxField } from "@/app/_components/fields/checkbox-field";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { OwnForm } from "@/app/[locale]/(site)/signatures/[token]/_parts/own-form";
import { localePath } from "@/lib/i18n/locales";
import type { OwnSignature } from "@/lib/signatures/own/own-signatures";

type Props = { signature: OwnSignature; path: string; locale: string };

/** The second step of withdrawing: whose signature of which letter, what it means, and the button. */
export function Withdraw({ signature, path, locale }: Props) {
  const t = useTranslations("own.withdraw");
  const { signatory, kind, title, textLocale, state, visibility, withdrawalsShown, concealed, email } =
    signature;
  const isShown = state === "APPROVED" && visibility === "PUBLIC" && !concealed;
  // The line waits for the email about it.
  const notable = withdrawalsShown && isShown && email;
  return (
    <>
      <OwnForm {...{ signature, path, locale }} name="withdraw" title={t("sure")}>
        <p className="lead">
          <bdi>{signatory.name}</bdi>
        </p>
        <p>
          <bdi {...letterLanguage(textLocale, locale)}>{title}</bdi>
        </p>
        <p>{t("effect")}</p>
        {notable && (
          <CheckboxField
            name="noted"
            label={t(kind === "ORGANISATION" ? "notedOrganisation" : "noted")}
            hint={t("notedHint")}
            optional
          />
        )}
        <button className="button" type="submit">
          {t("submit")}
        </button>
      </OwnForm>
      <p>
        <a href={localePath(locale, path)}>{t("keep")}</a>
      </p>
    </>
  );
}
