import { useTranslations } from "next-intl";
import { TextField } from "@/app/_components/fields/text-field";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { RoleField } from "@/app/[locale]/admin/_parts/account/role-field";

/** The form that makes somebody an administrator. */
export function Invitation({ action }: { action: string }) {
  const t = useTranslations("account.team");
  return (
    <section aria-labelledby="invite-title">
      <h2 id="invite-title">{t("invite")}</h2>
      <Form id="invite" action={action} initial={formState("invite")} className="form">
        <TextField
          name="email"
          label={t("email")}
          hint={t("emailHint")}
          type="email"
          inputMode="email"
          autoComplete="off"
          dir="ltr"
          width="medium"
          spellCheck={false}
        />
        <RoleField initial="MODERATOR" />
        <button className="button" type="submit">
          {t("inviteSubmit")}
        </button>
      </Form>
    </section>
  );
}
