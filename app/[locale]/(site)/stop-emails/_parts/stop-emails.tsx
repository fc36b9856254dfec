import { useTranslations } from "next-intl";
import { FormMessages } from "@/app/_components/form-messages";
import { Message } from "@/app/_components/message";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { localePath } from "@/lib/i18n/locales";
import type { BehindStopLink } from "@/lib/mail/stop-emails";

type Props = { state: BehindStopLink; path: string; contact: string; locale: string };

export function StopEmails({ state, path, contact, locale }: Props) {
  const t = useTranslations("confirming.stop");
  const mail = () => (
    <a href={`mailto:${contact}`}>
      <bdi dir="ltr">{contact}</bdi>
    </a>
  );
  return (
    <Message title={t(`${state}.title`)}>
      <p>{t.rich(`${state}.text`, { mail })}</p>
      {state !== "unknown" && <p>{t.rich("again", { mail })}</p>}
      {state === "ready" && (
        <FormMessages locale={locale} fields={[]}>
          <Form id="stop" className="form" action={localePath(locale, path)} initial={formState("stop")}>
            <button className="button" type="submit">
              {t("submit")}
            </button>
          </Form>
        </FormMessages>
      )}
    </Message>
  );
}
