import { useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { Message } from "@/app/_components/message";
import { EmailField } from "@/app/_components/signing/email-field";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { localePath } from "@/lib/i18n/locales";

type Props = { state: "expired" | "unknown"; path: string; locale: string };

/** A link that cannot confirm anything: why, and how to get another. */
export function DeadLink({ state, path, locale }: Props) {
  const t = useTranslations("confirming");
  return (
    <Message title={t(`${state}.title`)}>
      <p>{t(`${state}.text`)}</p>
      <FormMessages locale={locale}>
        <Form id="resend" className="form" action={localePath(locale, path)} initial={formState("resend")}>
          <h2 className="section-title">{t("resend.title")}</h2>
          <EmailField label={t("resend.email")} hint={t("resend.hint")} />
          <button className="button" type="submit">
            {t("resend.submit")}
          </button>
          <p className="note">{t("resend.after")}</p>
        </Form>
      </FormMessages>
    </Message>
  );
}

/** After asking for a link: the same for every address. */
export function Resent({ locale }: { locale: string }) {
  const t = useTranslations("confirming");
  return (
    <Message title={t("resent.title")}>
      <p className="lead">{t("resent.text")}</p>
      <p>{t("resent.again")}</p>
      <p>
        <a href={localePath(locale, "/")}>{t("home")}</a>
      </p>
    </Message>
  );
}
