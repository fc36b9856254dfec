import { describe, expect, it } from "vitest";
import { isFreeMail } from "@/lib/fields/addresses/free-mail";
import { addressProblems, canonicalAddress, cleanAddress, mailDomain } from "@/lib/fields/addresses/rules";

const of64 = "a".repeat(64);
const domainOf = (length: number) =>
  `${`${"d".repeat(60)}.`.repeat(5).slice(0, length - 3)}.eu`.replaceAll("..", ".a");

describe("an address", () => {
  it.each([
    "name@example.org",
    "first.last+tag@sub.example.co.uk",
    "x@y.museum",
    "o'brien@example.ie",
    "!#$%&'*+-/=?^_`{|}~@example.org",
    "1@2.example",
    "name@xn--bcher-kva.example",
    "name@bücher.example",
    "имя@пример.рф",
    "用户@例子.公司",
    "用户@例子。公司",
    "संपर्क@डाटामेल.भारत",
    "نام@نامه‌ای.ایران",
    "ñandú@example.es",
    `${of64}@example.org`,
    "name@123.example",
    "name@EXAMPLE.ORG",
  ])("is fine: %s", (address) => {
    expect(addressProblems(cleanAddress(address))).toEqual([]);
  });

  it.each([
    ["", ["at"]],
    ["name", ["at"]],
    ["@example.org", ["at"]],
    ["name@", ["at"]],
    ["name@localhost", ["domain"]],
    ["name@[127.0.0.1]", ["domain"]],
    ["name@127.0.0.1", ["domain"]],
    ["name@192.168.10.20", ["domain"]],
    ["name@[IPv6:::1]", ["domain"]],
    ["name@0x7f.1", ["domain"]],
    ["name@example.1", ["domain"]],
    ["name@example.o", ["domain"]],
    ["name@.example.org", ["domain"]],
    ["name@example..org", ["domain"]],
    ["name@example.org.", ["domain"]],
    ["name@-example.org", ["domain"]],
    ["name@example-.org", ["domain"]],
    ["name@exa_mple.org", ["domain"]],
    ["name@exa%6dple.org", ["domain"]],
    ["name@example.org/path", ["domain"]],
    ["name@example.org:25", ["domain"]],
    ["name@example.org>", ["domain"]],
    [`name@${"a".repeat(64)}.org`, ["domain"]],
    ["a@b@example.org", ["localPart"]],
    ['"quoted"@example.org', ["localPart"]],
    [".name@example.org", ["localPart"]],
    ["name.@example.org", ["localPart"]],
    ["na..me@example.org", ["localPart"]],
    ["na(comment)me@example.org", ["localPart"]],
    ["a,b@example.org", ["localPart"]],
    ["<name@example.org", ["localPart"]],
    ["a＠b@example.org", ["localPart"]],
    ["a…b@example.org", ["localPart"]],
    ["a¨b@example.org", ["localPart"]],
    [`${of64}a@example.org`, ["localPart"]],
    [`${"é".repeat(33)}@example.org`, ["localPart"]],
    ["name @example.org", ["characters"]],
    ["name@exam\u200bple.org", ["characters"]],
    ["name@exam\u00adple.org", ["characters"]],
    ["na\u202eme@example.org", ["characters"]],
    ["na\u0000me@example.org", ["characters"]],
    ["name@example.org\r\nBcc: all@example.org", ["characters", "localPart"]],
    ["name@example.org\nRCPT TO:<x@y.z>", ["characters", "localPart", "domain"]],
    ["a@example.org, b@example.org", ["characters", "localPart"]],
  ])("is refused: %j", (address, expected) => {
    expect(addressProblems(cleanAddress(address))).toEqual(expected);
  });

  it("has 254 octets at most", () => {
    const address = `${of64}@${domainOf(189)}`;
    expect([address.length, addressProblems(address)]).toEqual([254, []]);
    expect(addressProblems(`${of64}@${domainOf(190)}`)).toEqual(["tooLong"]);
    expect(addressProblems("é@".padEnd(254, "a"))).toContain("tooLong");
  });

  it("has no domain of more than 253 octets, in ASCII", () => {
    expect(addressProblems(`a@${"ü".repeat(30)}.${"ü".repeat(30)}.${"ü".repeat(25)}.org`)).toEqual([]);
    const wide = `a@${Array.from({ length: 8 }, (_, place) => `ü${"a".repeat(26)}${place}`).join(".")}.org`;
    expect([wide.length < 254, addressProblems(wide)]).toEqual([true, ["domain"]]);
  });
});

/** Spellings that reach one mailbox each. */
const SAME: [canonical: string, ...spellings: string[]][] = [
  [
    "name@example.org",
    "Name@Example.ORG",
    " name@example.org ",
    "name+tag@example.org",
    "name+a+b@example.org",
    "ｎａｍｅ@example.org",
    "name@ｅｘａｍｐｌｅ．ｏｒｇ",
    "name@example.org.",
    "name@example。org",
    "NAME＋x@example.org",
  ],
  [
    "name@xn--bcher-kva.example",
    "name@bücher.example",
    "name@BÜCHER.example",
    "name@xn--bcher-kva.example",
    "name@bu\u0308cher.example",
  ],
  ["josé@example.org", "JOSÉ@example.org", "jose\u0301@example.org"],
  ["strasse@example.org", "straße@example.org"],
  [
    "ivanpetrov@gmail.com",
    "ivan.petrov@gmail.com",
    "i.v.a.n.petrov@googlemail.com",
    "Ivan.Petrov+letters@GMail.com",
    "ivan.petrov@gmaiⅼ.com",
  ],
  ["a.b@outlook.com", "A.B+x@outlook.com"],
  ["a.b@hotmail.co.uk", "a.b+x@hotmail.co.uk"],
  ["name@icloud.com", "name@me.com", "name@mac.com", "name+x@me.com"],
  ["a.b@icloud.com", "a.b@me.com"],
  ["ivanpetrov@proton.me", "ivan.petrov@protonmail.com", "ivan-petrov@pm.me", "ivan_petrov+x@protonmail.ch"],
  ["name@yahoo.com", "name-letters@yahoo.com", "name-a-b@yahoo.com", "NAME@yahoo.com"],
  ["first.last@yahoo.co.uk", "first.last-x@yahoo.co.uk"],
  ["name@ymail.com", "name-x@ymail.com"],
  [
    "ivan-petrov@yandex.ru",
    "ivan.petrov@yandex.ru",
    "ivan.petrov@ya.ru",
    "ivan-petrov+x@yandex.com",
    "Ivan.Petrov@yandex.kz",
  ],
  ["name@fastmail.com", "letters@name.fastmail.com", "name+letters@fastmail.com", "a+b@name.fastmail.com"],
  ["name@sent.com", "x@name.sent.com"],
];

describe("the canonical form", () => {
  it.each(SAME)("%s stands for all its spellings", (canonical, ...spellings) => {
    expect(spellings.map(canonicalAddress)).toEqual(spellings.map(() => canonical));
  });

  it("is its own canonical form", () => {
    for (const [canonical] of SAME) expect(canonicalAddress(canonical)).toBe(canonical);
  });

  it.each([
    ["a.b@example.org", "ab@example.org"],
    ["a-b@example.org", "a@example.org"],
    ["a.b@outlook.com", "ab@outlook.com"],
    ["a@outlook.com", "a@hotmail.com"],
    ["a.b@yahoo.com", "ab@yahoo.com"],
    ["a@yahoo.com", "a@yahoo.co.uk"],
    ["a-b@yahoo.co.jp", "a@yahoo.co.jp"],
    ["a.b@icloud.com", "ab@icloud.com"],
    ["ab@yandex.ru", "a.b@yandex.ru"],
    ["a@mail.ru", "a@bk.ru"],
    ["a@name.example.org", "name@example.org"],
    ["a@straße.example", "a@strasse.example"],
    ["а@example.org", "a@example.org"],
    ["+a@example.org", "+b@example.org"],
  ])("keeps %s and %s apart", (a, b) => {
    expect(canonicalAddress(a)).not.toBe(canonicalAddress(b));
  });

  it("never throws, and gives an address of the same kind", () => {
    for (const text of [
      "",
      "@",
      "a@",
      "@b",
      "a@b",
      "...@gmail.com",
      "-@yahoo.com",
      "_@pm.me",
      "+@gmail.com",
      "a@b@gmail.com",
      "\ud800@\ud800",
      "NAME",
    ]) {
      const canonical = canonicalAddress(text);
      expect(canonicalAddress(canonical)).toBe(canonical);
      expect(canonical.startsWith("@")).toBe(text.startsWith("@"));
    }
    expect(canonicalAddress(" NAME ")).toBe("name");
  });

  it("is one, whatever is done to a Gmail address", () => {
    const local = "ivanpetrov";
    for (let round = 0; round < 1_000; round++) {
      const bit = (place: number) => Math.floor(round / 2 ** (place % 10)) % 2 === 1;
      const dotted = [...local]
        .map(
          (letter, place) =>
            (bit(place) ? letter.toUpperCase() : letter) + (bit(place + 3) && place < 9 ? "." : ""),
        )
        .join("");
      const address = `${dotted}${round % 3 ? `+${round}` : ""}@${round % 2 ? "gmail.com" : "GoogleMail.com"}`;
      expect([address, addressProblems(address)]).toEqual([address, []]);
      expect(canonicalAddress(address)).toBe("ivanpetrov@gmail.com");
    }
  });
});

describe("the domain", () => {
  it("is in ASCII and lower case, or empty", () => {
    expect(mailDomain("Name@BÜCHER.Example")).toBe("xn--bcher-kva.example");
    expect(mailDomain("name@example.org.")).toBe("example.org");
    expect(["", "name", "name@", "name@localhost", "name@127.0.0.1"].map(mailDomain)).toEqual([
      "",
      "",
      "",
      "",
      "",
    ]);
  });

  it.each([
    "gmail.com",
    "GMAIL.com",
    "proton.me",
    "pm.me",
    "tuta.com",
    "riseup.net",
    "ya.ru",
    "yandex.by",
    "mail.ru",
    "qq.com",
    "163.com",
    "web.de",
    "gmx.net",
    "hotmail.co.uk",
    "icloud.com",
    "name.fastmail.fm",
  ])("%s is free for all", (domain) => expect(isFreeMail(domain)).toBe(true));

  it.each([
    "example.org",
    "bbc.co.uk",
    "hrw.org",
    "amnesty.org",
    "ox.ac.uk",
    "notgmail.com",
    "gmail.com.evil.example",
    "com",
    "",
    "uhrp.org",
    "bücher.example",
  ])("%s is not", (domain) => expect(isFreeMail(domain)).toBe(false));
});
