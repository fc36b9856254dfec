import { type CountryNames, countryOptions } from "@/lib/fields/countries/rules";

type List = {
  locale: string;
  /** What the site's organiser calls some. */
  chosen: CountryNames;
  forOrganisation: boolean;
  prompt: string;
  /** The code of the one that is chosen. */
  value: string;
};

/**
 * The options of a list of countries. Only the server makes them; a browser has them in its page already.
 * @param id of the list in the page
 */
export function countryList(id: string, { locale, chosen, forOrganisation, prompt, value }: List): string {
  if (typeof window !== "undefined") return document.getElementById(id)?.innerHTML ?? "";
  const countries = countryOptions(locale, chosen, forOrganisation);
  return [{ code: "", name: prompt }, ...countries]
    .map(({ code, name }) => {
      const selected = code === value ? " selected" : "";
      return `<option value="${code}"${selected}>${escaped(name)}</option>`;
    })
    .join("");
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
