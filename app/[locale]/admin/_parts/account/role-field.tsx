import { useTranslations } from "next-intl";
import { SelectField } from "@/app/_components/fields/select-field";
import type { Admin } from "@/lib/auth/admin";
import { ROLES } from "@/lib/auth/team/schemas";

/** What each role sees, before somebody is given one. */
export function RolesSee() {
  const t = useTranslations("account.roles.sees");
  return (
    <div className="role-notes">
      <h3>{t("title")}</h3>
      {ROLES.map((one) => (
        <p key={one} className="note">
          {t(one)}
        </p>
      ))}
    </div>
  );
}

export function RoleField({ initial }: { initial: Admin["role"] }) {
  const t = useTranslations("account.roles");
  const options = ROLES.map((one) => ({ value: one, label: t(`choice.${one}`) }));
  return (
    <SelectField name="role" label={t("label")} options={options} defaultValue={initial} width="medium" />
  );
}
