import { describe, expect, it } from "vitest";
import { countryOptions } from "@/lib/fields/countries/rules";
import { countryFinder } from "@/lib/fields/countries/search/rules";

// What people type, and the country they mean.
const TYPED = `
  UK=GB uk=GB U.K.=GB England=GB Scotland=GB Wales=GB Great Britain=GB Britain=GB united kingdom=GB Northern Ireland=GB
  USA=US usa=US U.S.A.=US US=US America=US United States=US united states of america=US
  Korea=KR South Korea=KR North Korea=KP ROK=KR
  Holland=NL The Netherlands=NL netherlands=NL Deutschland=DE Germany=DE germny=DE Allemagne=DE
  Ivory Coast=CI Cote d'Ivoire=CI Côte d’Ivoire=CI Czech Republic=CZ Czechia=CZ Burma=MM Swaziland=SZ
  Turkey=TR Türkiye=TR turkiye=TR Vatican=VA Russia=RU Россия=RU Palestine=PS Hong Kong=HK Macau=MO
  Taiwan=TW China=CN 中国=CN 日本=JP Japan=JP Österreich=AT Austria=AT Australia=AU Espana=ES España=ES
  UAE=AE Dubai=AE DRC=CD Kosovo=XK East Timor=TL Cape Verde=CV Macedonia=MK Vietnam=VN Viet Nam=VN
  Kazakhstan=KZ Қазақстан=KZ Kirgistan=KG Uzbekistan=UZ ألمانيا=DE مصر=EG السعودية=SA
`
  .trim()
  .split(/(?<=[=][A-Z]{2})\s+/)
  .map((pair) => pair.split("=") as [string, string]);

describe("a country", () => {
  const { find, meant } = countryFinder(countryOptions("en", {}));

  it.each(TYPED)("is found by %s", (typed, code) => {
    expect(find(typed)[0]?.code).toBe(code);
  });

  it("is found from an Arabic page too, by its name there and in English", () => {
    const { find: there } = countryFinder(countryOptions("ar", {}));
    expect(there("المملكة المتحدة")[0]?.code).toBe("GB");
    expect(there("uk")[0]?.code).toBe("GB");
    expect(there("تركيا")[0]?.code).toBe("TR");
  });

  it("is found by the name that the site chose, in any language, and by the usual one", () => {
    const chosen = {
      MM: { en: "Country of the Irrawaddy", de: "Irawadi" },
      "001": { en: "Without borders" },
    };
    const { find: here, meant: sure } = countryFinder(countryOptions("en", chosen, true));
    for (const typed of ["Country of the Irr", "Irawadi", "Myanmar", "Burma", "MM"])
      expect(here(typed)[0], typed).toMatchObject({ code: "MM", name: "Country of the Irrawaddy" });
    expect(sure("myanmar")?.code).toBe("MM");
    for (const typed of ["without", "international"]) expect(here(typed)[0]?.code, typed).toBe("001");
  });

  it("may be one of several", () => {
    expect(find("congo").map(({ code }) => code)).toEqual(expect.arrayContaining(["CD", "CG"]));
    expect(find("guinea").length).toBeGreaterThan(2);
  });

  it("is any where nothing was typed, and none where nothing fits", () => {
    expect(find("")).toHaveLength(250);
    expect(find("xyzzy")).toEqual([]);
    expect(find("q")).toHaveLength(find("Q").length);
  });

  it("is taken for meant only where a text can mean no other", () => {
    expect(["UK", "Korea", "Holland", "nigeria"].map((typed) => meant(typed)?.code)).toEqual([
      "GB",
      "KR",
      "NL",
      "NG",
    ]);
    expect(["", "congo", "gui", "Germny", "xyzzy"].map(meant)).toEqual([null, null, null, null, null]);
  });
});
