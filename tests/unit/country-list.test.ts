import { describe, expect, it } from "vitest";
import { countryList } from "@/app/_components/fields/country-list";

const list = (value: string, chosen = {}) =>
  countryList("sign-country", { locale: "en", chosen, forOrganisation: false, prompt: "Choose", value });

describe("the list of countries", () => {
  it("offers each once, with the one that was chosen, and begins with no choice", () => {
    const options = list("GB").match(/<option [^>]*>[^<]*<\/option>/g) ?? [];
    expect(options).toHaveLength(251);
    expect(options[0]).toBe('<option value="">Choose</option>');
    expect(options.filter((option) => option.includes(" selected"))).toEqual([
      '<option value="GB" selected>United Kingdom</option>',
    ]);
  });

  it("shows what an organiser calls a country as text", () => {
    expect(list("", { TW: { en: "<b>A & B</b>" } })).toContain(
      '<option value="TW">&lt;b>A &amp; B&lt;/b></option>',
    );
  });
});
