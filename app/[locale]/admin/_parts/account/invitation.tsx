import { useTranslations } from "next-intl";
import { TextField } from "@/app/_components/fields/text-field";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { ReachFields, type TeamLetter } from "@/app/[locale]/admin/_parts/account/reach-fields";
import { RoleField, RolesSee } from "@/app/[locale]/admin/_parts/account/role-field";

/** The form that makes somebody an administrator. */
export function Invitation({ action, letters }: { action: string; letters: TeamLetter[] }) {
  const t = useTranslations("account.team");
  return (
    <section aria-labelledby="invite-title">
      <h2 id="invite-title">{t("invite")}</h2>
      <RolesSee />
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
        {letters.length > 0 ? (
          <ReachFields letters={letters} initial={null} />
        ) : (
          <input type="hidden" name="reach" value="ALL" />
        )}
        <button className="button" type="submit">
          {t("inviteSubmit")}
        </button>
      </Form>
    </section>
  );
}
