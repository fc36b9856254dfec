import { useLocale, useTranslations } from "next-intl";
import {
  type ListChoice,
  listPath,
  WHOLE_LIST,
} from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/list-address";
import { countryName } from "@/lib/fields/countries/rules";
import { localePath } from "@/lib/i18n/locales";
import { type ExpertWords, expertHeading } from "@/lib/letters/settings/expert-words";

type Props = {
  slug: string;
  choice: ListChoice;
  countries: string[];
  experts: ExpertWords | null;
  withEarlier: boolean;
};

/** The filters of the list: a form that only reads, so its result is an address. */
export function ListFilters({ slug, choice, countries, experts, withEarlier }: Props) {
  const t = useTranslations("signatories.filter");
  const locale = useLocale();
  return (
    <search>
      <form className="filters" method="get" action={localePath(locale, `/letters/${slug}/signatories`)}>
        <h2 className="visually-hidden">{t("title")}</h2>
        <Select
          name="kind"
          label={t("kind")}
          chosen={choice.kind}
          options={kindOptions(t, experts, withEarlier)}
        />
        <Select
          name="country"
          label={t("country")}
          chosen={choice.country}
          options={[["", t("anyCountry")], ...countryChoices(countries, locale)]}
        />
        <div className="filter-search">
          <div className="field">
            <label htmlFor="filter-q">{t("q")}</label>
            <input
              className="input"
              id="filter-q"
              name="q"
              type="search"
              dir="auto"
              maxLength={100}
              defaultValue={choice.q}
            />
          </div>
          <button className="button" data-quiet="" type="submit">
            {t("submit")}
          </button>
        </div>
        {(choice.kind || choice.country || choice.q) && (
          <p>
            <a href={localePath(locale, listPath(slug, WHOLE_LIST))}>{t("clear")}</a>
          </p>
        )}
      </form>
    </search>
  );
}

type SelectProps = { name: string; label: string; chosen: string; options: [string, string][] };

function Select({ name, label, chosen, options }: SelectProps) {
  return (
    <div className="field">
      <label htmlFor={`filter-${name}`}>{label}</label>
      <select className="input" id={`filter-${name}`} name={name} defaultValue={chosen}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

function kindOptions(
  t: (key: string) => string,
  experts: ExpertWords | null,
  withEarlier: boolean,
): [string, string][] {
  return [
    ["", t("kinds.any")],
    ["organisation", t("kinds.organisation")],
    ["individual", t("kinds.individual")],
    ["expert", experts ? expertHeading(experts) : t("kinds.expert")],
    ...(withEarlier ? [["earlier", t("kinds.earlier")] as [string, string]] : []),
  ];
}

function countryChoices(codes: string[], locale: string): [string, string][] {
  const { compare } = new Intl.Collator(locale);
  return codes
    .map((code): [string, string] => [code, countryName(code, locale)])
    .sort(([, a], [, b]) => compare(a, b));
}
