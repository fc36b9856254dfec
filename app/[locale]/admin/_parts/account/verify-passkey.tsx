import { useTranslations } from "next-intl";
import { TextField } from "@/app/_components/fields/text-field";
import { FormMessages } from "@/app/_components/form-messages";
import { Message } from "@/app/_components/message";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { Next } from "@/app/[locale]/admin/_parts/account/next";
import type { NextPage } from "@/app/[locale]/admin/_parts/account/next-page";
import { PasskeyForm } from "@/app/[locale]/admin/_parts/account/passkey-form";

type Props = {
  locale: string;
  action: string;
  /** What a whole session is to be proved once more for; half a session is to become whole. */
  next?: NextPage;
};

/** Asks for the passkey, and offers the recovery code for those who have lost it or run no script. */
export function VerifyPasskey({ locale, action, next }: Props) {
  const t = useTranslations("account.mfa");
  return (
    <Message title={t("title")}>
      <p>{next ? t("again") : t("text")}</p>
      <FormMessages locale={locale}>
        <PasskeyForm
          ceremony="verify"
          action={action}
          initial={formState("askPasskey")}
          waiting={t("waiting")}
        >
          <Next next={next} />
          <button className="button" type="submit">
            {t("submit")}
          </button>
        </PasskeyForm>
        <section aria-labelledby="recovery" className="account-recovery">
          <h2 id="recovery">{t("recovery")}</h2>
          <p>{t("recoveryText")}</p>
          <Form id="recoveryCode" action={action} initial={formState("recoveryCode")} className="form">
            <Next next={next} />
            <TextField
              name="code"
              label={t("code")}
              hint={t("codeHint")}
              width="medium"
              dir="ltr"
              spellCheck={false}
              autoComplete="one-time-code"
            />
            <button className="button" data-quiet type="submit">
              {t("useCode")}
            </button>
          </Form>
          <p className="note">{t("lost")}</p>
        </section>
      </FormMessages>
    </Message>
  );
}
