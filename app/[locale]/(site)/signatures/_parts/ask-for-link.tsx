import { useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { EmailField } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/email-field";
import { localePath } from "@/lib/i18n/locales";

/** The form that asks for links of what waits in a mailbox. @param path the page's own, without its language */
export function AskForLink({ path, locale }: { path: string; locale: string }) {
  const t = useTranslations("confirming.resend");
  return (
    <FormMessages locale={locale}>
      <Form id="resend" className="form" action={localePath(locale, path)} initial={formState("resend")}>
        <h2 className="section-title" id="resend-title">
          {t("title")}
        </h2>
        <EmailField label={t("email")} hint={t("hint")} />
        <button className="button" type="submit">
          {t("submit")}
        </button>
        <p className="note">{t("after")}</p>
      </Form>
    </FormMessages>
  );
}
