import { useTranslations } from "next-intl";
import { TextField } from "@/app/_components/fields/text-field";
import { formState } from "@/app/_forms/form-state";
import { PasskeyForm } from "@/app/[locale]/admin/_parts/account/passkey-form";

/** The form that makes a passkey. @param name proposed for it */
export function AddPasskey({ action, name }: { action: string; name: string }) {
  const t = useTranslations("account.passkeys");
  return (
    <PasskeyForm ceremony="add" action={action} initial={formState("offerPasskey")} waiting={t("waiting")}>
      <TextField
        name="passkeyName"
        label={t("name")}
        hint={t("nameHint")}
        width="medium"
        autoComplete="off"
        defaultValue={name}
      />
      <button className="button" type="submit">
        {t("add")}
      </button>
    </PasskeyForm>
  );
}
