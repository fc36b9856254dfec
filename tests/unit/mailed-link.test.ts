import { describe, expect, it } from "vitest";
import { createToken } from "@/lib/encryption/tokens";
import { routeOf } from "@/server/route";

const { token } = createToken();
const OLD = `${"aB-_".repeat(10)}xYz`;
const LINK = `/signatures/${token}/confirm`;
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
      expect(routeOf("GET", damage(link))).toEqual({ kind: "redirect", to: link });
      expect(routeOf("HEAD", damage(`/ar${link}`))).toMatchObject({ kind: "redirect" });
    }
    expect(routeOf("GET", damage(LINK.replace("/confirm", "")))).toEqual({ kind: "redirect", to: LINK });
  });

  it("in another language keeps it", () => {
    expect(routeOf("GET", `/ar${LINK}).`)).toEqual({ kind: "redirect", to: `/ar${LINK}` });
    expect(routeOf("GET", `/AR${LINK.toUpperCase()}`)).toEqual({
      kind: "redirect",
      to: `/ar${LINK.toUpperCase()}`,
    });
  });

  it("without the end of its address is completed", () => {
    for (const end of ["", "/", "/c", "/confir", "/confirm/", "/confirm.%20Then"])
      expect(routeOf("GET", `/signatures/${token}${end}`)).toEqual(
        end === "/confirm/"
          ? expect.objectContaining({ kind: "link", token })
          : { kind: "redirect", to: LINK },
      );
  });

  it("without a part of its token gets the page with the form for a new one", () => {
    for (const part of [token.slice(0, -1), token.slice(0, 5), "x", "%20", `${token}${token}`]) {
      const broken = { kind: "refused", refusal: "broken-link", url: "/en/refused/broken-link" };
      expect(routeOf("GET", `/signatures/${part}`)).toEqual(broken);
      expect(routeOf("GET", `/signatures/${part}/confirm`)).toEqual(broken);
      expect(routeOf("GET", `/ar/signatures/${part}/confirm`)).toMatchObject({
        url: "/ar/refused/broken-link",
      });
      expect(routeOf("GET", `/admin/sign-in/${part}`)).toMatchObject({ refusal: "broken-sign-in-link" });
    }
  });
});

describe("the addresses beside mailed links", () => {
  it("stay what they are", () => {
    const kinds = {
      link: [LINK, `/signatures/${OLD}/confirm`],
      page: [SIGN_IN, `/admin/sign-in/${OLD}`, "/admin/signatures"],
      kept: ["/signatures", "/admin/sign-in", "/admin/sign-in/check-your-mailbox"],
    };
    for (const [kind, paths] of Object.entries(kinds))
      for (const path of paths) expect(routeOf("GET", path)).toMatchObject({ kind, url: `/en${path}` });
    expect(routeOf("POST", LINK)).toMatchObject({ kind: "submit" });
    expect(routeOf("POST", "/signatures")).toEqual({ kind: "submit", url: "/en/signatures/submit" });
  });
});
