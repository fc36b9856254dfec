import { use } from "react";
import { countryName, countryOptions } from "@/lib/fields/countries/rules";
import { readSite } from "@/lib/site/cached";

/** What countries are called on this site, in a language: one by its code, and all to choose from. */
export function useCountryNames(locale: string) {
  const { countryNames } = use(readSite());
  return {
    nameOf: (code: string) => countryName(code, locale, countryNames),
    options: (forOrganisation = false) => countryOptions(locale, countryNames, forOrganisation),
  };
}

export const Country = ({ code, locale }: { code: string; locale: string }) =>
  useCountryNames(locale).nameOf(code);
