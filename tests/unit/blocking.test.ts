import { describe, expect, it } from "vitest";
import { blocksOf, findBlock } from "@/lib/moderation/blocklist/queries";
import {
  type Blockable,
  type BlockPattern,
  isRetired,
  isWideNetwork,
  networksIn,
  readPattern,
} from "@/lib/moderation/blocklist/rules";
import { parseBlock } from "@/lib/moderation/blocklist/schemas";
import type { BlockKind } from "@/prisma/generated/enums";

const rule = (kind: BlockKind, text: string) => {
  const read = readPattern(kind, text);
  if (typeof read === "string") throw new Error(`${text}: ${read}`);
  return read;
};
const find = (rules: BlockPattern[], one: Blockable) => findBlock(blocksOf(rules), one);
const mail = (email: string): Blockable => ({ email, network: null });
const from = (network: string): Blockable => ({ email: "somebody@example.net", network });
const blocks = (kind: BlockKind, text: string, one: Blockable) => find([rule(kind, text)], one) === kind;

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
    ["*@example.com", "a@example.com", true],
    ["bücher.example", "a@xn--bcher-kva.example", true],
    ["xn--bcher-kva.example", "a@bücher.example", true],
    ["gmail.com", "a@googlemail.com", true],
  ])("%s names %s: %s", (pattern, email, expected) => {
    expect(blocks("DOMAIN", pattern, mail(email))).toBe(expected);
  });

  it.each([
    ["", "required"],
    ["com", "format"],
    ["*.com", "format"],
    ["co.uk", "tooWide"],
    ["*.co.uk", "tooWide"],
    ["*", "star"],
    ["*.*", "star"],
    ["spam-*.example", "star"],
    ["*.spam-*.example", "star"],
    ["a.*.example.org", "star"],
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
    ["*@example.com", "wholeDomain"],
    ["＊@example.com", "wholeDomain"],
    ["bot*@example.org", "star"],
    ["bot＊@example.org", "star"],
    ["*@*", "wholeDomain"],
    ["bot@spam-*.example", "star"],
    ["nobody", "format"],
    ["a@b", "format"],
    ["a b@example.com", "format"],
  ])("%s is refused: %s", (text, problem) => {
    expect(readPattern("ADDRESS", text)).toBe(problem);
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

describe("the blocklist", () => {
  it("says first what stops the mail", () => {
    const rules = [
      rule("NETWORK", "203.0.113.7"),
      rule("DOMAIN", "example.com"),
      rule("ADDRESS", "a@example.com"),
    ];
    const one = (email: string, network: string | null) => find(rules, { email, network });
    expect(one("a@example.com", "203.0.113.7")).toBe("ADDRESS");
    expect(one("b@example.com", "203.0.113.7")).toBe("DOMAIN");
    expect(one("b@example.org", "203.0.113.7")).toBe("NETWORK");
    expect(one("b@example.org", null)).toBeNull();
    expect(find([], { email: "b@example.org", network: null })).toBeNull();
  });
});

describe("a rule of before, when a star stood for any characters", () => {
  const old = (kind: BlockKind, pattern: string): BlockPattern => ({ kind, pattern });

  it("goes on where it names all that is below a domain", () => {
    const below = old("DOMAIN", "*.example.com");
    expect(find([below], mail("a@deep.mail.example.com"))).toBe("DOMAIN");
    expect(find([below], mail("a@example.com"))).toBeNull();
    expect(isRetired(below)).toBe(false);
  });

  it.each([
    ["DOMAIN", "spam-*.example"],
    ["DOMAIN", "*.spam-*.example"],
    ["ADDRESS", "bot*@example.org"],
  ] as const)("is said to name nobody: %s %s", (kind, pattern) => {
    expect(isRetired(old(kind, pattern))).toBe(true);
  });
});

describe("the form of the blocklist", () => {
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
      data: { kind: "DOMAIN", pattern: "example.com", reason: "Throwaway." },
    });
  });
});
