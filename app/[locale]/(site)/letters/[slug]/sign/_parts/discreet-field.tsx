import { useTranslations } from "next-intl";
import { CheckboxField } from "@/app/_components/fields/checkbox-field";
import { mailDomain } from "@/lib/fields/addresses/rules";
import { contactAddress } from "@/lib/mail/contact-address";

/** Whether our emails are to name neither letter nor organiser. What still shows is said. */
export function DiscreetField({ proposed }: { proposed: boolean }) {
  const t = useTranslations("signing.fields.discreet");
  const domain = () => <bdi dir="ltr">{mailDomain(contactAddress())}</bdi>;
  return (
    <CheckboxField
      name="discreet"
      label={t("label")}
      hint={t.rich("hint", { domain })}
      optional
      ticked={proposed || undefined}
    />
  );
}
