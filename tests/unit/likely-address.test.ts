import { describe, expect, it } from "vitest";
import { likelyAddress } from "@/lib/fields/addresses/likely";

describe("an address that looks like a slip", () => {
  it.each([
    ["ada@gmail.con", "ada@gmail.com"],
    ["ada@gmial.com", "ada@gmail.com"],
    ["ada@gmai.com", "ada@gmail.com"],
    ["ada@hotmial.com", "ada@hotmail.com"],
    ["ada@yaho.com", "ada@yahoo.com"],
    ["ada@outlok.com", "ada@outlook.com"],
    ["ada@icloud.con", "ada@icloud.com"],
    ["ada@protonmial.com", "ada@protonmail.com"],
    ["\u0430da@example.org", "ada@example.org"],
    ["ada@ex\u0430mple.org", "ada@example.org"],
  ])("%s is asked about", (typed, meant) => expect(likelyAddress(typed)).toBe(meant));

  it.each([
    ...[
      "ada@gmail.com",
      "ada@mail.com",
      "ada@ymail.com",
      "ada@email.com",
      "ada@gmx.de",
      "ada@yahoo.de",
      "ada@me.com",
    ],
    ...[
      "ada@example.org",
      "ada@freedom.org",
      "info@hrw.org",
      "иван@пример.рф",
      "ada+x@uni-koeln.de",
      "ада@example.org",
    ],
  ])("%s is not", (typed) => expect(likelyAddress(typed)).toBeNull());
});
