import { useTranslations } from "next-intl";
import { Logo } from "@/app/_components/logo";
import { Form } from "@/app/_forms/form";
import { SettingsForm } from "@/app/[locale]/admin/_parts/settings/settings-form";
import { AccentField } from "@/app/[locale]/admin/site/_parts/accent-field";
import { LogoForm } from "@/app/[locale]/admin/site/_parts/logo-form";
import { markOf, partOf, type Site } from "@/lib/site/rules";

type Props = { site: Site; action: string };

/** The organiser's picture, and the colour of what can be acted on. */
export function LookSettings({ site, action }: Props) {
  return (
    <>
      <LogoSettings site={site} action={action} />
      <AccentSettings site={site} action={action} />
    </>
  );
}

export function LogoSettings({ site, action }: Props) {
  const t = useTranslations("setup.logo");
  const { logo } = site;
  return (
    <section className="letter-setting" aria-labelledby="logo-heading">
      <h2 id="logo-heading">{t("title")}</h2>
      <p className="note">{t("hint")}</p>
      {logo && (
        <div className="site-logo">
          <Logo site={{ logo, organiserName: "" }} />
          <Form id="remove-logo" action={action}>
            <button className="admin-link" type="submit">
              {t("remove")}
            </button>
          </Form>
        </div>
      )}
      <LogoForm site={site} action={`${action}/logo`} />
    </section>
  );
}

function AccentSettings({ site, action }: Props) {
  const t = useTranslations("setup.accent");
  const { accentHue } = site;
  return (
    <SettingsForm
      id="accent"
      action={action}
      title={t("title")}
      submit={t("submit")}
      seen={{ seen: markOf(partOf(site, "accent")) }}
      stored={[{ label: t("hue"), value: accentHue === null ? t("own") : String(accentHue) }]}
    >
      <AccentField hue={accentHue} />
    </SettingsForm>
  );
}
