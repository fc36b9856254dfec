import { describe, expect, it } from "vitest";
import { COUNTRIES, countryName, countryOptions, isCountry } from "@/lib/fields/countries/rules";
import { LOCALES } from "@/lib/i18n/locales";

// What Unicode lists beside assigned countries: reserved and withdrawn codes, groups and test codes.
const NO_COUNTRIES = new Set(
  (
    "AC AN BU CP CQ CS CT DD DG DY EA EU EZ FQ FX HV IC JT MI NH NQ NT PC PU PZ QO QU RH SU TA TP UK UN VD WK " +
    "XA XB YD YU ZR ZZ"
  ).split(" "),
);

const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

describe("countries", () => {
  it("are the 249 assigned codes and Kosovo, in order, each once", () => {
    expect(COUNTRIES).toHaveLength(250);
    expect([...new Set(COUNTRIES)].sort()).toEqual(COUNTRIES);
    expect(COUNTRIES).toContain("XK");
  });

  it("are those that Unicode knows, less its codes of other kinds", () => {
    const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
    const named = letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => names.of(code));
    expect(named.filter((code) => !NO_COUNTRIES.has(code))).toEqual(COUNTRIES);
  });

  it("have a name in every language of the interface", () => {
    for (const locale of LOCALES) {
      const options = countryOptions(locale, {});
      expect(options.map(({ code }) => code).sort()).toEqual(COUNTRIES);
      expect(options.filter(({ code, name }) => name === code || name === "")).toEqual([]);
      expect(new Set(options.map(({ name }) => name)).size).toBe(250);
    }
    expect([countryName("DE", "en", {}), countryName("DE", "ar", {}), countryName("XK", "en", {})]).toEqual([
      "Germany",
      "ألمانيا",
      "Kosovo",
    ]);
  });

  it("stand in the order of the language's dictionary", () => {
    const names = countryOptions("en", {}).map(({ name }) => name);
    expect(names.indexOf("Åland Islands")).toBeLessThan(names.indexOf("Albania"));
    for (const locale of LOCALES) {
      const { compare } = new Intl.Collator(locale);
      const sorted = countryOptions(locale, {}).map(({ name }) => name);
      expect(sorted.toSorted(compare)).toEqual(sorted);
    }
  });

  it("are called by names that say nothing of whose they are", () => {
    const called = (locale: string) => ["HK", "PS", "MO"].map((code) => countryName(code, locale, {}));
    expect(called("en")).toEqual(["Hong Kong", "Palestine", "Macao"]);
    expect(called("ar").join()).not.toMatch(/الصين|الأراضي/);
  });

  it("may be many for an organisation, and for nobody else", () => {
    expect([isCountry("001"), isCountry("001", false)]).toEqual([true, false]);
    expect(countryOptions("en", {}, true)[0]).toEqual({ code: "001", name: "International" });
    expect(countryOptions("en", {}).some(({ code }) => code === "001")).toBe(false);
  });

  it("are nothing else", () => {
    for (const code of ["", "de", "UK", "EU", "ZZ", "GBR", "D", " DE", "constructor", "__proto__"]) {
      expect(isCountry(code)).toBe(false);
      expect(countryName(code, "en", {})).toBe(code);
    }
  });

  it("are called as the site's organiser chose, in the languages of that choice", () => {
    const chosen = { TW: { en: "Formosa", ar: "فورموزا" }, HK: { ar: "هونغ كونغ" } };
    expect(["en", "ar", "de"].map((locale) => countryName("TW", locale, chosen))).toEqual([
      "Formosa",
      "فورموزا",
      "Taiwan",
    ]);
    expect(countryName("HK", "en", chosen)).toBe("Hong Kong");
    const names = countryOptions("en", chosen).map(({ name }) => name);
    expect(names.indexOf("Formosa"), "in its own place").toBe(names.indexOf("France") - 1);
  });
});
