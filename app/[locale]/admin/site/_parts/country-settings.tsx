import { useFormatter, useTranslations } from "next-intl";
import { TextField } from "@/app/_components/fields/text-field";
import { SettingsForm } from "@/app/[locale]/admin/_parts/settings/settings-form";
import { languageName } from "@/app/[locale]/admin/letters/_parts/language-name";
import { countryOptions, isCountry, usualCountryName } from "@/lib/fields/countries/rules";
import { direction } from "@/lib/i18n/locales";
import { LETTER_LANGUAGES } from "@/lib/letters/rules";
import { markOf, namesOf, type Site } from "@/lib/site/rules";

type Props = { site: Site; action: string; asked: unknown; locale: string };

/** What countries are called here: those that have a name of their own, and the way to one more; the one that is asked for. */
export function CountrySettings({ site, action, asked, locale }: Props) {
  const t = useTranslations("setup.countries");
  const code = typeof asked === "string" && isCountry(asked) ? asked : null;
  return (
    <>
      <section className="letter-setting" aria-labelledby="countries-title" id="countries-part">
        <h2 id="countries-title">{t("title")}</h2>
        <p className="note">{t("hint")}</p>
        <Named site={site} action={action} locale={locale} />
        <form method="get" action={`${action}#countries-heading`} className="form">
          <div className="field">
            <label htmlFor="country">{t("choose")}</label>
            <select
              className="input"
              data-width="medium"
              id="country"
              name="country"
              defaultValue={code ?? ""}
              required
            >
              <option value="">{t("prompt")}</option>
              {countryOptions(locale, site.countryNames, true).map((country) => (
                <option key={country.code} value={country.code}>
                  {country.name}
                </option>
              ))}
            </select>
          </div>
          <button className="button" data-quiet="" type="submit">
            {t("open")}
          </button>
        </form>
      </section>
      {code && <NamesOf code={code} site={site} action={action} locale={locale} />}
    </>
  );
}

/** Those that have a name of their own, by their usual ones. */
function Named({ site, action, locale }: Omit<Props, "asked">) {
  const t = useTranslations("setup.countries");
  const format = useFormatter();
  const codes = Object.keys(site.countryNames).sort();
  if (codes.length === 0) return null;
  return (
    <ul className="letter-rows">
      {codes.map((code) => {
        const usual = usualCountryName(code, locale);
        const names = Object.values(namesOf(site, code)).filter(Boolean);
        const shown = names.map((name) => <bdi key={name}>{name}</bdi>);
        return (
          <li key={code}>
            {t.rich("one", { usual, names: () => format.list(shown) })}{" "}
            <a
              href={`${action}?country=${code}#countries-heading`}
              aria-label={t("changeOf", { country: usual })}
            >
              {t("change")}
            </a>
          </li>
        );
      })}
    </ul>
  );
}

/** One country's name in each language. */
function NamesOf({ code, site, action, locale }: Omit<Props, "asked"> & { code: string }) {
  const t = useTranslations("setup.countries");
  const own = namesOf(site, code);
  const country = usualCountryName(code, locale);
  return (
    <SettingsForm
      id="countries"
      action={`${action}?country=${code}`}
      title={country}
      submit={t("submit")}
      seen={{ seen: markOf(own) }}
      stored={LETTER_LANGUAGES.map((one) => ({ label: languageName(one, locale), value: own[one] ?? "" }))}
    >
      <input type="hidden" name="country" value={code} />
      {LETTER_LANGUAGES.map((one) => (
        <TextField
          key={one}
          name={`name-${one}`}
          label={t("language", { country, language: languageName(one, locale) })}
          hint={t.rich("usual", {
            name: () => (
              <bdi lang={one} dir={direction(one)}>
                {usualCountryName(code, one)}
              </bdi>
            ),
          })}
          defaultValue={own[one]}
          optional
        />
      ))}
    </SettingsForm>
  );
}
