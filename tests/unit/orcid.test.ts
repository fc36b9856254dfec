import { describe, expect, it } from "vitest";
import { orcidChecksumHolds, orcidForm } from "@/lib/fields/orcid/rules";

function parseOrcid(text: string): string | null {
  const orcid = orcidForm(text);
  return orcid && orcidChecksumHolds(orcid) ? orcid : null;
}

const CARBERRY = "0000-0002-1825-0097";

describe("an ORCID iD", () => {
  it.each([
    CARBERRY,
    "0000000218250097",
    "0000 0002 1825 0097",
    ` ${CARBERRY}\n`,
    `https://orcid.org/${CARBERRY}`,
    `http://orcid.org/${CARBERRY}/`,
    `orcid.org/${CARBERRY}`,
    `HTTPS://WWW.ORCID.ORG/${CARBERRY}`,
    "https://orcid.org/0000000218250097",
  ])("is read: %s", (typed) => {
    expect(parseOrcid(typed)).toBe(CARBERRY);
  });

  it("may end in X, also a small one", () => {
    expect(parseOrcid("0000-0002-9079-593X")).toBe("0000-0002-9079-593X");
    expect(parseOrcid("https://orcid.org/0000-0002-9079-593x")).toBe("0000-0002-9079-593X");
  });

  it.each([
    "",
    "orcid",
    "0000-0002-1825-009",
    "0000-0002-1825-00977",
    "X000-0002-1825-0097",
    "0000-0002-1825-009Y",
    "0000_0002_1825_0097",
    "٠٠٠٠-٠٠٠٢-١٨٢٥-٠٠٩٧",
    `https://orcid.org.evil.test/${CARBERRY}`,
    `https://evil.test/${CARBERRY}`,
    `https://orcid.org/x/${CARBERRY}`,
    `https://orcid.org/${CARBERRY}?x`,
    `https://sandbox.orcid.org/${CARBERRY}`,
    `javascript://orcid.org/${CARBERRY}`,
    `${CARBERRY} ${CARBERRY}`,
  ])("has another form than %s", (typed) => {
    expect(orcidForm(typed)).toBeNull();
    expect(parseOrcid(typed)).toBeNull();
  });

  it("has a form even where its checksum is wrong", () => {
    expect(orcidForm("0000-0002-1825-0098")).toBe("0000-0002-1825-0098");
    expect(parseOrcid("0000-0002-1825-0098")).toBeNull();
  });

  it("has one right last character, and notices a wrong digit or two swapped ones", () => {
    for (let round = 0; round < 500; round++) {
      const digits = String((round * 7_919_000_003 + 104_729) % 1_000_000_000_000_000).padStart(15, "0");
      const right = [..."0123456789X"].map((last) => digits + last).filter(parseOrcid);
      expect(right).toHaveLength(1);
      const orcid = right[0] ?? "";
      const place = round % 15;
      const digit = Number(orcid[place]);
      const replaced = orcid.slice(0, place) + ((digit + 1 + (round % 9)) % 10) + orcid.slice(place + 1);
      expect([replaced, parseOrcid(replaced)]).toEqual([replaced, null]);
      const swapped = orcid.slice(0, place) + orcid[place + 1] + orcid[place] + orcid.slice(place + 2);
      if (swapped !== orcid) expect([swapped, parseOrcid(swapped)]).toEqual([swapped, null]);
    }
  });
});
