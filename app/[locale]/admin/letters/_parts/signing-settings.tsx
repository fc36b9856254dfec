import { useTranslations } from "next-intl";
import { CheckboxField } from "@/app/_components/fields/checkbox-field";
import { SettingsForm } from "@/app/[locale]/admin/_parts/settings/settings-form";
import type { SigningRules } from "@/lib/letters/settings/rules";
import { seenMark } from "@/lib/letters/settings/seen";

/** Who may sign a letter, and what its form asks for. */
export function SigningSettings({ rules, action }: { rules: SigningRules; action: string }) {
  const t = useTranslations("letters.settings");
  return (
    <SettingsForm
      id="signing"
      action={action}
      title={t("signing")}
      hint={t("signingHint")}
      submit={t("signingSubmit")}
      seen={{ seen: seenMark(rules) }}
      stored={(Object.keys(rules) as (keyof SigningRules)[]).map((name) => ({
        label: t(name),
        value: t(rules[name] ? "yes" : "no"),
      }))}
    >
      <CheckboxField name="organisations" label={t("organisations")} optional ticked={rules.organisations} />
      <CheckboxField name="individuals" label={t("individuals")} optional ticked={rules.individuals} />
      <CheckboxField
        name="websiteRequired"
        label={t("websiteRequired")}
        hint={t("websiteRequiredHint")}
        optional
        ticked={rules.websiteRequired}
      />
      <CheckboxField
        name="representativesShown"
        label={t("representativesShown")}
        hint={t("representativesShownHint")}
        optional
        ticked={rules.representativesShown}
      />
      <CheckboxField
        name="affiliationRequired"
        label={t("affiliationRequired")}
        optional
        ticked={rules.affiliationRequired}
      />
      <CheckboxField
        name="discreetByDefault"
        label={t("discreetByDefault")}
        hint={t("discreetByDefaultHint")}
        optional
        ticked={rules.discreetByDefault}
      />
    </SettingsForm>
  );
}
