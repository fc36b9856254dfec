import { use } from "react";
import { countryName, countryOptions } from "@/lib/fields/countries/rules";
import { readSite } from "@/lib/site/cached";

/** What countries are called on this site, in a language: one by its code, all to choose from, and where it is chosen. */
export function useCountryNames(locale: string) {
  const { countryNames: chosen } = use(readSite());
  return {
    nameOf: (code: string) => countryName(code, locale, chosen),
    options: (forOrganisation = false) => countryOptions(locale, chosen, forOrganisation),
    choice: (forOrganisation = false) => ({ locale, chosen, forOrganisation }),
  };
}

export const Country = ({ code, locale }: { code: string; locale: string }) =>
  useCountryNames(locale).nameOf(code);
