import { useTranslations } from "next-intl";
import { PasskeyForm } from "@/app/_components/account/passkey-form";
import { TextField } from "@/app/_components/fields/text-field";
import { FormMessages } from "@/app/_components/form-messages";
import { Message } from "@/app/_components/message";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";

/** Asks for the passkey, and offers the recovery code for those who have lost it or run no script. */
export function ProvePasskey({ locale, action }: { locale: string; action: string }) {
  const t = useTranslations("account.proof");
  return (
    <Message title={t("title")}>
      <p>{t("text")}</p>
      <FormMessages locale={locale}>
        <PasskeyForm
          ceremony="prove"
          action={action}
          initial={formState("askPasskey")}
          waiting={t("waiting")}
        >
          <button className="button" type="submit">
            {t("submit")}
          </button>
        </PasskeyForm>
        <section aria-labelledby="recovery">
          <h2 id="recovery">{t("recovery")}</h2>
          <p>{t("recoveryText")}</p>
          <Form id="recoveryCode" action={action} initial={formState("recoveryCode")} className="form">
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
