import { useLocale, useTranslations } from "next-intl";
import { useCountryNames } from "@/app/_components/country-names";
import {
  type ListChoice,
  listPath,
  WHOLE_LIST,
} from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/list-address";
import { localePath } from "@/lib/i18n/locales";

type Props = { slug: string; choice: ListChoice; countries: string[] };

/** The filters of the list: a form that only reads, so its result is an address. */
export function ListFilters({ slug, choice, countries }: Props) {
  const t = useTranslations("signatories.filter");
  const locale = useLocale();
  const { nameOf } = useCountryNames(locale);
  const { compare } = new Intl.Collator(locale);
  const choices = countries
    .map((code) => [code, nameOf(code)] as const)
    .sort(([, a], [, b]) => compare(a, b));
  return (
    <search>
      <form className="filters" method="get" action={localePath(locale, `/letters/${slug}/signatories`)}>
        <h2 className="visually-hidden">{t("title")}</h2>
        {choice.kind && <input type="hidden" name="kind" value={choice.kind} />}
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
        <div className="field">
          <label htmlFor="filter-country">{t("country")}</label>
          <select className="input" id="filter-country" name="country" defaultValue={choice.country}>
            <option value="">{t("anyCountry")}</option>
            {choices.map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <button className="button" data-quiet="" type="submit">
          {t("submit")}
        </button>
        {(choice.country || choice.q) && (
          <p className="filters-clear">
            <a href={localePath(locale, listPath(slug, { ...WHOLE_LIST, kind: choice.kind }))}>
              {t("clear")}
            </a>
          </p>
        )}
      </form>
    </search>
  );
}
