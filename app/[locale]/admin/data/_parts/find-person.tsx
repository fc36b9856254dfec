import { useTranslations } from "next-intl";
import { TextField } from "@/app/_components/fields/text-field";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { ConfirmFirst } from "@/app/[locale]/admin/_parts/account/confirm-first";
import { CONFIRMED_MINUTES, type SessionMfa } from "@/lib/auth/rules";
import { localePath } from "@/lib/i18n/locales";

type Props = { locale: string; mfa: SessionMfa; confirmed: boolean };

/** Where an owner looks for somebody who asked what is stored of them, or to have it deleted. */
export function FindPerson({ locale, mfa, confirmed }: Props) {
  const t = useTranslations("data.requests");
  return (
    <section aria-labelledby="requests">
      <h2 id="requests">{t("title")}</h2>
      <p>{t("intro")}</p>
      {confirmed ? (
        <Form
          id="find"
          className="form"
          action={localePath(locale, "/admin/data")}
          initial={formState("find")}
          autoComplete="off"
        >
          <TextField
            name="email"
            type="email"
            label={t("email")}
            hint={t("emailHint")}
            width="medium"
            dir="ltr"
            autoComplete="off"
            spellCheck={false}
          />
          <button className="button" type="submit">
            {t("find")}
          </button>
        </Form>
      ) : (
        <ConfirmFirst
          locale={locale}
          next="data"
          mfa={mfa}
          why={t("confirmFirst", { minutes: CONFIRMED_MINUTES })}
        />
      )}
    </section>
  );
}
