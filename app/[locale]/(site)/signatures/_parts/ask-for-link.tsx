import { useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { EmailField } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/email-field";
import { localePath } from "@/lib/i18n/locales";

type Props = {
  /** The page's own, without its language. */
  path: string;
  locale: string;
  /** Whether the page's title is about something else. */
  titled: boolean;
};

/** The form that asks for links of what waits in a mailbox. */
export function AskForLink({ path, locale, titled }: Props) {
  const t = useTranslations("confirming.resend");
  return (
    <FormMessages locale={locale} fields={["email"]}>
      <Form id="resend" className="form" action={localePath(locale, path)} initial={formState("resend")}>
        {titled && <h2 className="section-title">{t("title")}</h2>}
        <EmailField label={t("email")} hint={t("hint")} />
        <button className="button" type="submit">
          {t("submit")}
        </button>
        <p className="note">{t("after")}</p>
      </Form>
    </FormMessages>
  );
}
