import { useTranslations } from "next-intl";
import { SelectField } from "@/app/_components/fields/select-field";
import type { Admin } from "@/lib/auth/admin";
import { ROLES } from "@/lib/auth/team/schemas";

export function RoleField({ initial }: { initial: Admin["role"] }) {
  const t = useTranslations("account.roles");
  const options = ROLES.map((one) => ({ value: one, label: t(`choice.${one}`) }));
  return (
    <SelectField name="role" label={t("label")} options={options} defaultValue={initial} width="medium" />
  );
}
