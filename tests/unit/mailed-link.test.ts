import { describe, expect, it } from "vitest";
import { createToken } from "@/lib/encryption/tokens";
import { matcher } from "@/server/match";

const match = matcher();

const { token } = createToken();
const OLD = `${"aB-_".repeat(10)}xYz`;
const LINK = `/signatures/${token}/confirm`;
const OWN = `/signatures/${token}`;
const SIGN_IN = `/admin/sign-in/${token}`;
const STOP = `/stop-emails/${token}`;

/** What mail programs, sentences and people put behind a link, and where it breaks. */
const DAMAGE: [string, (link: string) => string][] = [
  ["a full stop", (link) => `${link}.`],
  ["a bracket", (link) => `${link})`],
  ["an angle bracket", (link) => `${link}%3E`],
  ["a quotation mark", (link) => `${link}%E2%80%9D`],
  ["an invisible character", (link) => `${link}%E2%80%8B`],
  ["a byte order mark", (link) => `${link}%EF%BB%BF`],
  ["a comma and a space", (link) => `${link},%20`],
  ["a soft line break", (link) => link.replace(token, `${token.slice(0, 7)}=${token.slice(7)}`)],
  ["another case", (link) => link.toUpperCase()],
];

describe("a damaged mailed link", () => {
  it.each(DAMAGE)("with %s leads to where it should", (_, damage) => {
    for (const link of [LINK, SIGN_IN, STOP]) {
      expect(match("GET", damage(link))).toEqual({ is: "redirect", to: link });
      expect(match("HEAD", damage(`/ar${link}`))).toMatchObject({ is: "redirect" });
    }
    expect(match("GET", damage(OWN))).toEqual({ is: "redirect", to: OWN });
  });

  it("leaves the pages below it where they are", () => {
    for (const page of ["address", "data", "download"])
      expect(match("GET", `${OWN}/${page}`)).toMatchObject({
        is: "route",
        route: { pattern: `/signatures/[token]/${page}` },
      });
  });

  it("in another language keeps it", () => {
    expect(match("GET", `/ar${LINK}).`)).toEqual({ is: "redirect", to: `/ar${LINK}` });
    expect(match("GET", `/AR${LINK.toUpperCase()}`)).toEqual({
      is: "redirect",
      to: `/ar${LINK.toUpperCase()}`,
    });
  });

  it("without the end of its address is completed", () => {
    // Without any end it may be the other link, whose page passes it on.
    for (const end of ["", "/"])
      expect(match("GET", `${OWN}${end}`)).toMatchObject({ is: "route", parameters: { token } });
    for (const end of ["/c", "/confir", "/confirm/", "/confirm.%20Then"])
      expect(match("GET", `/signatures/${token}${end}`)).toEqual(
        end === "/confirm/"
          ? expect.objectContaining({ is: "route", parameters: { token } })
          : { is: "redirect", to: LINK },
      );
  });

  it("without a part of its token gets the page with the form for a new one", () => {
    for (const part of [token.slice(0, -1), token.slice(0, 5), "x", "%20", `${token}${token}`]) {
      const broken = { is: "refused", refusal: "broken-link" };
      expect(match("GET", `/signatures/${part}`)).toEqual(broken);
      expect(match("GET", `/signatures/${part}/confirm`)).toEqual(broken);
      expect(match("GET", `/ar/signatures/${part}/confirm`)).toEqual(broken);
      expect(match("GET", `/admin/sign-in/${part}`)).toMatchObject({ refusal: "broken-sign-in-link" });
    }
  });
});

describe("the addresses beside mailed links", () => {
  it("stay what they are", () => {
    const kinds = {
      page: [LINK, `/signatures/${OLD}/confirm`, SIGN_IN, `/admin/sign-in/${OLD}`, "/admin/signatures"],
      shell: ["/signatures", "/admin/sign-in"],
      document: ["/admin/sign-in/check-your-mailbox"],
    };
    for (const [kind, paths] of Object.entries(kinds))
      for (const path of paths)
        expect(match("GET", path)).toMatchObject({ route: { kind }, url: `/en${path}` });
    expect(match("POST", LINK)).toMatchObject({ route: { kind: "form" } });
    expect(match("POST", "/signatures")).toMatchObject({
      route: { kind: "form" },
      url: "/en/signatures/submit",
    });
  });
});
