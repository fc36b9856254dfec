import { describe, expect, it } from "vitest";
import { asciiDomain } from "@/lib/fields/websites/domain";
import { domainMatches, registrableDomain } from "@/lib/fields/websites/registrable-domain";
import { parseWebsite } from "@/lib/fields/websites/rules";

describe("a website", () => {
  it.each([
    ["example.org", "https://example.org/"],
    [" example.org ", "https://example.org/"],
    ["www.example.org/about", "https://www.example.org/about"],
    ["http://example.org", "http://example.org/"],
    ["HTTPS://Example.ORG/Path", "https://example.org/Path"],
    ["https://example.org:443/", "https://example.org/"],
    ["http://example.org:8080/a?b=c#d", "http://example.org:8080/a?b=c#d"],
    ["example.org:8080/x", "https://example.org:8080/x"],
    ["example.org?x=1", "https://example.org/?x=1"],
    ["bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"],
    ["https://пример.рф", "https://xn--e1afmkfd.xn--p1ai/"],
    ["https://例子。公司", "https://xn--fsqu00a.xn--55qx5d/"],
    ["https://social.example/@name", "https://social.example/@name"],
    ["https://example.org/a/../b", "https://example.org/b"],
  ])("is read: %s", (typed, address) => {
    expect(parseWebsite(typed)).toBe(address);
    expect(parseWebsite(address)).toBe(address);
  });

  it.each([
    "",
    "   ",
    "example",
    "localhost",
    "http://localhost:3000",
    "javascript:alert(1)",
    "JavaScript:alert(1)//example.org",
    "java\tscript:alert(1)",
    "data:text/html,example.org",
    "vbscript:x.y",
    "file:///etc/passwd",
    "ftp://example.org",
    "mailto:a@example.org",
    "blob:https://example.org/x",
    "https:example.org",
    "https:/example.org",
    "https:///example.org",
    "//example.org",
    "https://https://example.org",
    "https://user@example.org",
    "https://user:secret@example.org",
    "https://@example.org",
    "https://ok.org@evil.test/",
    "https://ok.org\\@evil.test/",
    "https:\\\\example.org",
    "https://exa mple.org",
    "https://example.org/a b",
    "https://example.org/a\\b",
    "https://exam\u00adple.org",
    "https://example.org/\u202egro",
    "https://example.org\r\nSet-Cookie: x",
    "https://exa%6dple.org",
    "https://127.0.0.1",
    "https://192.168.10.20",
    "https://2130706433",
    "https://0x7f.0.0.1",
    "https://127.1",
    "https://[::1]/",
    "https://example.1",
    "https://example..org",
    "https://-example.org",
    "https://example.org:0",
    "https://example.org:65536",
    "https://example.org:port",
    "https://example.org:",
    `https://example.org/${"a".repeat(2_000)}`,
    `https://example.org/${"ü".repeat(400)}`,
  ])("is refused: %j", (typed) => {
    expect(parseWebsite(typed)).toBeNull();
  });
});

describe("a domain", () => {
  it("is in ASCII, or null", () => {
    expect(["Example.ORG", "example.org.", "bücher.example", "ｅｘａｍｐｌｅ.org"].map(asciiDomain)).toEqual([
      "example.org",
      "example.org",
      "xn--bcher-kva.example",
      "example.org",
    ]);
    const none = [
      "",
      ".",
      "org",
      "a..b",
      "a b.org",
      "a@b.org",
      "a/b.org",
      "a\u200bb.org",
      "1.2.3.4",
      "[::1]",
      "a_b.org",
    ];
    expect(none.map(asciiDomain)).toEqual(none.map(() => null));
  });
});

describe("the registrable domain", () => {
  it.each([
    ["news.bbc.co.uk", "bbc.co.uk"],
    ["https://www.example.org/about", "example.org"],
    ["HTTP://WWW.Example.ORG", "example.org"],
    ["mail.bücher.de", "xn--bcher-kva.de"],
    ["a.b.github.io", "b.github.io"],
    ["co.uk", null],
    ["github.io", null],
    ["localhost", null],
    ["http://127.0.0.1/", null],
    ["", null],
  ])("of %s is %s", (address, domain) => {
    expect(registrableDomain(address)).toBe(domain);
  });

  it.each([
    ["example.org", "https://example.org/"],
    ["mail.example.org", "https://www.example.org/"],
    ["xn--bcher-kva.de", "https://bücher.de/"],
    ["BBC.co.uk", "https://news.bbc.co.uk/"],
  ])("of a mailbox at %s matches %s", (mailDomain, website) => {
    expect(domainMatches(mailDomain, website)).toBe(true);
  });

  it.each([
    ["example.com", "https://example.org/"],
    ["example.org.evil.test", "https://example.org/"],
    ["notexample.org", "https://example.org/"],
    ["example-org.test", "https://example.org/"],
    ["exаmple.org", "https://example.org/"],
    ["a.github.io", "https://b.github.io/"],
    ["a.co.uk", "https://b.co.uk/"],
    ["co.uk", "https://co.uk/"],
    ["", "https://example.org/"],
    ["example.org", ""],
    ["", ""],
    ["evil.test", "https://evil.test@example.org/"],
    ["evil.test", "https://example.org/?evil.test"],
  ])("of a mailbox at %s does not match %s", (mailDomain, website) => {
    expect(domainMatches(mailDomain, website)).toBe(false);
  });
});
