import { describe, expect, it } from "vitest";
import { addressProblems, cleanAddress } from "@/lib/fields/addresses/rules";
import { cleanLine, cleanLines, cleanName, nameProblems } from "@/lib/fields/names/rules";
import { orcidForm } from "@/lib/fields/orcid/rules";
import { parseWebsite, websiteProblem } from "@/lib/fields/websites/rules";

const SOFT = "\u00ad";
const BOM = "\ufeff";
const ZERO = "\u200b";
const LTR = "\u200e";
const RTL = "\u200f";
const EMBED = "\u202a";
const POP = "\u202c";
const ISOLATE = "\u2068";
const END = "\u2069";

describe("what is pasted", () => {
  it.each([
    [`${BOM}Ada Exampleton`, "Ada Exampleton"],
    [`Ada Exampleton${ZERO}`, "Ada Exampleton"],
    [`${LTR}Ada Exampleton${LTR} `, "Ada Exampleton"],
    [`${EMBED}Ada Exampleton${POP}`, "Ada Exampleton"],
    [`${ISOLATE}Ada Exampleton${END}`, "Ada Exampleton"],
    [` ${RTL} آدا ${RTL}`, "آدا"],
    [`Ada\u00a0Exampleton\u2060`, "Ada Exampleton"],
    ["Ada\tExampleton\r\n", "Ada Exampleton"],
    [`${SOFT}Exampleton`, "Exampleton"],
  ])("as the name %j is the name %j", (pasted, name) => {
    expect(cleanName(pasted)).toBe(name);
    expect(nameProblems("person", name)).toEqual([]);
  });

  it.each([`Ada ${EMBED}Exampleton`, `A${ZERO}da`, `Ad${SOFT}a`, `Ada ${ISOLATE}x${END} E`])(
    "is refused within the name %j, where it may deceive",
    (pasted) => expect(nameProblems("person", cleanName(pasted))).toEqual(["characters"]),
  );

  it.each([
    [`Pro${SOFT}fes${SOFT}sor of Law`, "Professor of Law"],
    [`University${ZERO} of${LTR} Leeds`, "University of Leeds"],
    [`${BOM}Director\u00a0of  ${POP}Research`, "Director of Research"],
    [`Re${SOFT}search Insti${SOFT}tute; Ex${SOFT}ample Centre`, "Research Institute; Example Centre"],
  ])("as the line %j is %j", (pasted, line) => {
    expect(cleanLine(pasted)).toBe(line);
    expect(nameProblems("line", line)).toEqual([]);
  });

  it("as a comment loses what nobody sees, and keeps its lines", () => {
    expect(cleanLines(`${BOM}one${SOFT}\r\n${LTR}two${ZERO}`)).toBe("one\ntwo");
  });

  it.each(["person", "organisation", "line", "comment"] as const)(
    "as a %s with a lost letter is refused",
    (kind) => {
      expect(nameProblems(kind, "Universit\ufffd")).toEqual(["lost"]);
    },
  );

  it.each([
    ["o’hara@example.org", "o'hara@example.org"],
    ["ann‐marie@example.org", "ann-marie@example.org"],
    ["ann–marie@example.org", "ann-marie@example.org"],
    ["ada＠example．org", "ada@example.org"],
    ["ａｄａ@example.org", "ada@example.org"],
    ["Ada Exampleton <ada@example.org>", "ada@example.org"],
    ['"Exampleton, Ada" <ada@example.org>', "ada@example.org"],
    [`${LTR}ada@example.org${ZERO}`, "ada@example.org"],
    [`${BOM} ada@example.org\u00a0`, "ada@example.org"],
    [`${EMBED}ada@example.org${POP}`, "ada@example.org"],
  ])("as the address %j is %j", (pasted, address) => {
    expect(cleanAddress(pasted)).toBe(address);
    expect(addressProblems(address)).toEqual([]);
  });

  it("as an address with a lost letter is refused", () => {
    expect(addressProblems("ad\ufffd@example.org")).toEqual(["lost"]);
  });

  it.each([
    "0000-0002-1825-0097",
    "０００0-0002-1825-0097",
    "0000–0002–1825–0097",
    "0000‑0002‑1825‑0097",
    "ORCID: 0000-0002-1825-0097",
    "ORCID iD: https://orcid.org/0000-0002-1825-0097",
    "orcid 0000 0002 1825 0097",
    "https://orcid.org/0000-0002-1825-0097/",
    "https://orcid.org/my-orcid?orcid=0000-0002-1825-0097",
  ])("as the ORCID iD %j is understood", (pasted) => {
    expect(orcidForm(pasted)).toBe("0000-0002-1825-0097");
  });

  it.each([
    ["example.org.", "https://example.org/"],
    ["www.example.org/about-us/,", "https://www.example.org/about-us/"],
    [`${BOM}https://example.org${ZERO}`, "https://example.org/"],
    ["my_group.example.org", "https://my_group.example.org/"],
  ])("as the website %j is %j", (pasted, address) => {
    expect(parseWebsite(pasted)).toBe(address);
    expect(websiteProblem(pasted)).toBeNull();
  });

  it.each([
    ["ada@example.org", "mailAddress"],
    ["ftp://example.org", "scheme"],
    ["example.org and example.net", "space"],
    ["example", "noDot"],
    ["http://127.0.0.1", "number"],
    ["192.0.2.1:8080/x", "number"],
    ["https://user:secret@example.org", "credentials"],
    ["https:example.org", "slashes"],
    ["http:/example.org", "slashes"],
    ["https:///example.org", "slashes"],
    ["https://example.org/Universit\ufffd", "lost"],
    ["example..org", "format"],
    ["-example.org", "format"],
  ])("as the website %j is refused for its own reason", (pasted, problem) => {
    expect(websiteProblem(pasted)).toBe(problem);
  });
});
