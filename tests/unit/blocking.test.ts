import { describe, expect, it } from "vitest";
import {
  type Blockable,
  findBlock,
  isWideNetwork,
  matcherOf,
  networksIn,
  readPattern,
} from "@/lib/moderation/blocklist/rules";
import { parseBlock } from "@/lib/moderation/blocklist/schemas";
import { fits } from "@/lib/moderation/blocklist/wildcards";
import type { BlockKind } from "@/prisma/generated/enums";

const rule = (kind: BlockKind, text: string) => {
  const read = readPattern(kind, text);
  if (typeof read === "string") throw new Error(`${text}: ${read}`);
  return matcherOf(read);
};
const mail = (email: string): Blockable => ({ email, network: null });
const from = (network: string): Blockable => ({ email: "somebody@example.net", network });
const blocks = (kind: BlockKind, text: string, one: Blockable) => rule(kind, text).matches(one);

describe("a rule for a domain", () => {
  it.each([
    ["example.com", "a@example.com", true],
    ["example.com", "a@EXAMPLE.com", true],
    ["example.com", "a@mail.example.com", true],
    ["Example.COM", "a@deep.mail.example.com", true],
    ["@example.com", "a@example.com", true],
    ["example.com", "a@badexample.com", false],
    ["example.com", "a@example.com.org", false],
    ["example.com", "example.com@example.org", false],
    ["*.example.com", "a@mail.example.com", true],
    ["*.example.com", "a@example.com", false],
    ["bücher.example", "a@xn--bcher-kva.example", true],
    ["xn--bcher-kva.example", "a@bücher.example", true],
    ["gmail.com", "a@googlemail.com", true],
    ["spam-*.example", "a@spam-1.example", true],
    ["spam*1.example", "a@spam1.example", true],
    ["Spam-*.EXAMPLE", "a@mail.spam-1.example", true],
    ["spam-*.example", "a@spam.example", false],
    ["spam-*.example", "a@spam-1.other.example", false],
    ["spam-*.example", "a@antispam-1.example", false],
    ["*.spam-*.example", "a@mail.spam-1.example", true],
    ["*.spam-*.example", "a@spam-1.example", false],
    ["m*x.example.org", "a@mx.example.org", true],
    ["m*x.example.org", "a@m.x.example.org", false],
    ["a.*.example.org", "a@a.b.example.org", true],
    ["a.*.example.org", "a@a.b.c.example.org", false],
    ["spam-*.bücher.example", "a@spam-1.xn--bcher-kva.example", true],
  ])("%s names %s: %s", (pattern, email, expected) => {
    expect(blocks("DOMAIN", pattern, mail(email))).toBe(expected);
  });

  it.each([
    ["", "required"],
    ["com", "format"],
    ["*.com", "format"],
    ["co.uk", "tooWide"],
    ["*.co.uk", "tooWide"],
    ["*", "format"],
    ["*.*", "format"],
    ["**.org", "tooWide"],
    ["*a*.org", "tooWide"],
    ["a*b.example", "tooWide"],
    ["xn--*.com", "tooWide"],
    ["gov.*k", "tooWide"],
    ["gov.u*k", "tooWide"],
    ["example.c*m", "tooWide"],
    ["spam-*.co.u*k", "tooWide"],
    ["*.*k.co.uk", "tooWide"],
    ["*spam*.co.*k", "tooWide"],
    ["bü*.example", "format"],
    ["someone@example.com", "format"],
    ["https://example.com/", "format"],
    ["example.com\u0000", "format"],
  ])("%j is refused: %s", (text, problem) => {
    expect(readPattern("DOMAIN", text)).toBe(problem);
  });
});

describe("a rule for an address", () => {
  it("names the mailbox in all its spellings, and no other", () => {
    const spellings = ["ada.lovelace@gmail.com", "ADALOVELACE+x@googlemail.com", "a.d.a.lovelace@gmail.com"];
    for (const spelling of spellings)
      for (const other of spellings) expect(blocks("ADDRESS", spelling, mail(other))).toBe(true);
    expect(blocks("ADDRESS", "ada@example.org", mail("bada@example.org"))).toBe(false);
  });

  it.each([
    ["bot*@example.org", "bot17@example.org", true],
    ["bot*@example.org", "BOT@example.org", true],
    ["bot*@example.org", "bot17+x@EXAMPLE.org", true],
    ["bot*@example.org", "robot17@example.org", false],
    ["bot*@example.org", "bot17@mail.example.org", false],
    ["*bot*7@example.org", "a.bot-x7@example.org", true],
    ["*bot*7@example.org", "7bot@example.org", false],
    ["ab*ba@example.org", "aba@example.org", false],
    ["bot+*@example.org", "bot+1@example.org", true],
    ["bot+*@example.org", "bot@example.org", false],
    ["*+spam@example.org", "ada+spam@example.org", true],
    ["*+spam@example.org", "ada@example.org", false],
    ["bot*@gmail.com", "b.o.t.1@googlemail.com", true],
    ["b.o.t*@googlemail.com", "bot1@gmail.com", true],
    ["bot*-x@yahoo.com", "bot1-x@yahoo.com", true],
    ["bot*-x@yahoo.com", "bot1@yahoo.com", false],
    ["bot*@bücher.example", "bot1@xn--bcher-kva.example", true],
  ])("%s names %s: %s", (pattern, email, expected) => {
    expect(blocks("ADDRESS", pattern, mail(email))).toBe(expected);
  });

  it.each([
    ["*@example.com", "wholeDomain"],
    ["*.*+*@example.com", "wholeDomain"],
    ["＊@example.com", "wholeDomain"],
    ["a*@example.com", "tooWide"],
    ["*@*", "format"],
    ["bot@spam-*.example", "format"],
    ["nobody", "format"],
    ["a@b", "format"],
    ["a b@example.com", "format"],
  ])("%s is refused: %s", (text, problem) => {
    expect(readPattern("ADDRESS", text)).toBe(problem);
  });

  it("takes no longer for many stars", () => {
    const pattern = `${"a*".repeat(20)}b`;
    const local = "a".repeat(60);
    for (let round = 0; round < 1_000; round++) expect(fits(pattern, local)).toBe(false);
  });
});

describe("a rule for a network", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7", true],
    ["203.0.113.7", "203.0.113.8", false],
    ["203.0.113.99/24", "203.0.113.7", true],
    ["203.0.113.0/24", "203.0.114.7", false],
    ["::ffff:203.0.113.7", "203.0.113.7", true],
    ["::ffff:203.0.113.0/120", "203.0.113.7", true],
    ["2001:db8:1:2::/64", "2001:db8:1:2::/64", true],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", true],
    ["2001:db8::/32", "2001:db8:1:2::/64", true],
    ["2001:db8::/32", "2001:db9:1:2::/64", false],
    ["0.0.0.0/8", "2001:db8:1:2::/64", false],
  ])("%s names %s: %s", (pattern, network, expected) => {
    expect(blocks("NETWORK", pattern, from(network))).toBe(expected);
  });

  it("keeps one spelling of each network", () => {
    expect(readPattern("NETWORK", "203.0.113.99/24")).toEqual(readPattern("NETWORK", "203.0.113.0/24"));
    expect(readPattern("NETWORK", "2001:DB8::1")).toEqual(readPattern("NETWORK", "2001:db8:0::/64"));
  });

  it.each([
    ["0.0.0.0/0", "tooWide"],
    ["10.0.0.0/7", "tooWide"],
    ["::/0", "tooWide"],
    ["2000::/15", "tooWide"],
    ["203.0.113", "format"],
    ["203.0.113.7/33", "format"],
    ["203.0.113.7/", "format"],
    ["0x7f.1", "format"],
    ["203.0.113.256", "format"],
    ["2001:db8::/129", "format"],
    ["fe80::1%eth0", "format"],
    ["1.2.3.4/24/24", "format"],
    ["example.org", "format"],
  ])("%s is refused: %s", (text, problem) => {
    expect(readPattern("NETWORK", text)).toBe(problem);
  });

  it.each([
    ["203.0.113.0/20", false],
    ["203.0.0.0/19", true],
    ["2001:db8::/52", false],
    ["2001:db8::/51", true],
  ])("%s is too wide to be looked for: %s", (text, wide) => {
    const read = readPattern("NETWORK", text);
    if (typeof read === "string") throw new Error(read);
    expect(isWideNetwork(read)).toBe(wide);
    expect(networksIn(read)).toHaveLength(wide ? 0 : 4_096);
  });

  it("names nobody whose network is not known", () => {
    expect(blocks("NETWORK", "203.0.113.0/24", mail("a@example.org"))).toBe(false);
    expect(blocks("NETWORK", "203.0.113.0/24", from("nonsense"))).toBe(false);
  });
});

describe("the block list", () => {
  it("says first what stops the mail", () => {
    const rules = [
      rule("NETWORK", "203.0.113.7"),
      rule("DOMAIN", "example.com"),
      rule("ADDRESS", "a@example.com"),
    ];
    const one = (email: string, network: string | null) => findBlock(rules, { email, network });
    expect(one("a@example.com", "203.0.113.7")).toBe("ADDRESS");
    expect(one("b@example.com", "203.0.113.7")).toBe("DOMAIN");
    expect(one("b@example.org", "203.0.113.7")).toBe("NETWORK");
    expect(one("b@example.org", null)).toBeNull();
    expect(findBlock([], { email: "b@example.org", network: null })).toBeNull();
  });
});

describe("the form of the block list", () => {
  it("says everything that is wrong at once", () => {
    expect(parseBlock({ kind: "DOMAIN" })).toEqual({
      ok: false,
      errors: { pattern: ["required"], reason: ["unsaid"] },
    });
    expect(parseBlock({ kind: "OTHER", pattern: "x", reason: "y" })).toMatchObject({
      errors: { kind: ["required"] },
    });
    expect(parseBlock({ kind: "DOMAIN", pattern: "Example.com", reason: " Throwaway. " })).toEqual({
      ok: true,
      block: { kind: "DOMAIN", pattern: "example.com", reason: "Throwaway." },
    });
  });
});
