import { describe, expect, it } from "vitest";
import { foldCase } from "@/lib/fields/names/case-fold";
import { holdsHiddenCharacters, withoutLeftovers } from "@/lib/fields/names/characters";
import {
  cleanLine,
  cleanLines,
  cleanName,
  foldName,
  nameProblems,
  type TextKind,
} from "@/lib/fields/names/rules";
import { AWKWARD_NAMES, AWKWARD_ORGANISATIONS, REAL_NAMES } from "@/tests/fixtures/names";

const problems = (kind: TextKind, text: string) =>
  nameProblems(kind, kind === "person" || kind === "organisation" ? cleanName(text) : cleanLine(text));
const refused = (kind: TextKind, names: string[]) =>
  names.flatMap((name) => problems(kind, name).map((problem) => `${name}: ${problem}`));

describe("real names", () => {
  it("are many, in their scripts", () => {
    const scripts = new Set(REAL_NAMES.map(({ script }) => script));
    expect(scripts.size).toBeGreaterThanOrEqual(30);
    for (const script of scripts) {
      const names = REAL_NAMES.filter((each) => each.script === script).map(({ name }) => name);
      expect(new Set(names).size).toBeGreaterThanOrEqual(34);
      expect(names.filter((name) => !new RegExp(`\\p{scx=${script}}`, "u").test(name))).toEqual([]);
    }
    expect(REAL_NAMES.length).toBeGreaterThanOrEqual(1_000);
  });

  it("are all accepted, decomposed and in capitals too", () => {
    const names = REAL_NAMES.map(({ name }) => name);
    for (const spell of [
      (name: string) => name,
      (name: string) => name.normalize("NFD"),
      (name: string) => name.toUpperCase(),
    ]) {
      expect(refused("person", names.map(spell))).toEqual([]);
      expect(refused("organisation", names.map(spell))).toEqual([]);
      expect(refused("line", names.map(spell))).toEqual([]);
    }
  });

  it("are accepted where they are awkward", () => {
    expect(refused("person", AWKWARD_NAMES)).toEqual([]);
    expect(refused("organisation", [...AWKWARD_NAMES, ...AWKWARD_ORGANISATIONS])).toEqual([]);
  });
});

describe("characters", () => {
  const HIDDEN = {
    controls: ["\0", "\x07", "\x1b", "\x7f", "\x85", "\r\n", "\n", "\v", "\f"],
    separators: ["\u2028", "\u2029"],
    bidi: [..."\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"],
    zeroWidth: [..."\u200b\u200c\u200d\u2060\u2061\u2064\ufeff\u00ad\u034f"],
    blankLetters: [..."\u115f\u1160\u3164\uffa0\u17b4\u17b5\u180e"],
    selectors: ["\ufe00", "\ufe0f", "\u{e0100}", "\u180b"],
    tags: ["\u{e0001}", "\u{e0041}", "\u{e007f}"],
    privateUse: ["\ue000", "\uf8ff", "\u{f0000}", "\u{10fffd}"],
    unassigned: ["\u0378", "\ufdd0", "\uffff", "\u{1ffff}", "\u{10ffff}", "\u{50000}"],
    surrogates: ["\ud800", "\udfff"],
    annotation: ["\ufff9", "\ufffb", "\u0600"],
  };

  it.each(Object.entries(HIDDEN))("refuses %s, wherever they stand", (_, characters) => {
    for (const character of characters) {
      for (const text of [`An${character}a`, `Ana ${character} Li`, `1${character}2 a`]) {
        expect([text, problems("person", text)]).toEqual([text, ["characters"]]);
        expect(problems("organisation", text)).toEqual(["characters"]);
        // What copying leaves behind is taken out of a line that is no name, and nothing else is.
        expect(problems("line", text)).toEqual(nameProblems("line", withoutLeftovers(text)));
        if (withoutLeftovers(text) === text) expect(problems("line", text)).toEqual(["characters"]);
      }
    }
  });

  it("refuses every code point that is a control, a format character or nothing, in Latin", () => {
    let count = 0;
    for (let point = 0; point <= 0x10ffff; point++) {
      const character = String.fromCodePoint(point);
      if (!/[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u.test(character)) continue;
      count++;
      if (!holdsHiddenCharacters(`a${character}b`)) expect.fail(`U+${point.toString(16)}`);
    }
    expect(count).toBeGreaterThan(100_000);
  });

  it("lets joiners shape Persian, Sinhala, Malayalam, Bengali, Marathi, Kannada and Kurdish", () => {
    const shaped = ["می‌خواهم", "ශ්‍රී", "രാജന്‍", "രാജന്‍ നായര്‍", "র‍্যাব", "कुऱ्‍हाडे", "ರಾಜ್‌ಕುಮಾರ್", "نامه‌ ئێمه‌"];
    expect(shaped.filter((text) => !/[\u200c\u200d]/u.test(text))).toEqual([]);
    expect(refused("person", shaped)).toEqual([]);
  });

  it("refuses joiners elsewhere", () => {
    const wrong = [
      "a\u200db",
      "\u200cمن",
      "م\u200c\u200cن",
      "م\u200d\u200cن",
      "م\u200ca",
      "a\u200cم",
      "д\u200cа",
      "漢\u200d字",
      "1\u200cم",
    ];
    for (const text of wrong) expect([text, problems("person", text)]).toEqual([text, ["characters"]]);
  });

  it("lets selectors vary what they vary", () => {
    expect(refused("person", ["葛\u{e0100}城", "渡辺\u{e0101}", "ᠨᠠᠷ᠎ᠠ", "ᠠ\u180b"])).toEqual([]);
    expect(refused("organisation", ["I ❤\ufe0f NY"])).toEqual([]);
    for (const text of ["葛\u{e0100}\u{e0100}", "ᠠ\u180b\u180b\u180b"])
      expect(problems("person", text)).toEqual(["characters"]);
  });
});

describe("marks", () => {
  it("may be stacked as high as writing needs", () => {
    expect(refused("person", ["လျှို့ဝှက်", "ཧཱུྃ་", "שָּׁ֖לוֹם", "Ṩ̣́", "x\u0331\u030c\u0313\u0301", "مُّٰ"])).toEqual([]);
  });

  it("are refused higher, and at the start", () => {
    for (const text of [
      "Z\u0300\u0301\u0302\u0303\u0304algo",
      `a${"\u0332".repeat(5)}`,
      `ก${"้".repeat(7)}`,
      "\u0301Ana",
      "ְא",
    ]) {
      expect([text, problems("person", text)]).toEqual([text, ["marks"]]);
    }
  });
});

describe("letters", () => {
  it("are what a person's name is made of", () => {
    for (const text of ["1", "-", "…", "👩", "‽ 42", "⠁"])
      expect(problems("person", text)).toEqual(["letter"]);
  });

  it("or digits, for an organisation", () => {
    expect(refused("organisation", ["1919", "٣٥٠", "38°"])).toEqual([]);
    for (const text of ["-", "…", "👩", "!?"]) expect(problems("organisation", text)).toEqual(["letter"]);
  });
});

describe("web addresses", () => {
  const ADDRESSES = [
    "http://evil.example",
    "Ana https://x",
    "HTTPS://EVIL.example",
    "hxxp://evil.example",
    "ftp://x.y",
    "www.evil.example",
    "Ana (WWW.evil.example)",
    "evil.com/path",
    "t.co/abc",
    "bit.ly/abc",
    "evil.co:8080/x",
    "ana@example.org",
    "Ana <ana@example.org>",
    "ｗｗｗ．evil．com",
    "ｈｔｔｐ：／／evil",
    "ana＠example．org",
    "ана@пример.рф",
  ];

  it("are refused in every single line", () => {
    for (const kind of ["person", "organisation", "line"] as const) {
      for (const text of ADDRESSES) expect([text, problems(kind, text)]).toEqual([text, ["webAddress"]]);
    }
  });

  it("are refused in a person's name where they are a domain alone", () => {
    for (const text of ["evil.com", "Ana evil.org", "EVIL.NET!", "buy-now.xyz", "evil.co.uk", "пример.рф"]) {
      expect([text, problems("person", text)]).toEqual([text, ["webAddress"]]);
      expect(problems("organisation", text)).toEqual([]);
      expect(problems("line", text)).toEqual([]);
    }
  });

  it("may stand in a comment, which may have several lines", () => {
    for (const text of ADDRESSES) expect(problems("comment", text)).toEqual([]);
    expect(nameProblems("comment", "My page:\n\nhttps://x.example/ana\n")).toEqual([]);
    expect(nameProblems("comment", "a\u202eb")).toEqual(["characters"]);
    expect(nameProblems("comment", "a\0b")).toEqual(["characters"]);
  });

  it("do not hide other problems", () => {
    expect(problems("person", "\u0301\u200b://www.evil.com")).toEqual(["characters", "marks", "webAddress"]);
  });
});

describe("cleaning", () => {
  it("trims, composes and collapses", () => {
    expect(cleanLine(" \t\u00a0Jose\u0301 \u3000\t Díaz\r\n")).toBe("José Díaz");
    expect(cleanLine("a\nb")).toBe("a\nb");
    expect(cleanLine(" \u2003 ")).toBe("");
    expect(cleanLines("  one \r\n\r\n\r\n\r two\u2028three  ")).toBe("one\n\ntwo\nthree");
  });

  it("changes nothing twice, and ends: what is quadratic takes minutes", () => {
    for (const { name } of REAL_NAMES) expect(cleanLine(cleanLine(name))).toBe(cleanLine(name));
    for (const part of [" ", "\n", "\u0301", "a", "a.", "a@", "م\u200c", "-a", "\t \n", "é:/"]) {
      const long = part.repeat(60_000);
      nameProblems("person", cleanLine(long));
      nameProblems("comment", cleanLines(`${long}x`));
    }
  });
});

describe("folding", () => {
  it.each([
    ["Straße", "STRASSE"],
    ["ẞ", "ß"],
    ["ΟΔΥΣΣΕΥΣ", "Ὀδυσσεύς".normalize("NFD").replace(/[\u0300-\u0345]/g, "")],
    ["ﬁnance", "FINANCE"],
    ["Ａｍｎｅｓｔｙ", "amnesty"],
    ["İZMİR", "izmir"],
    ["IŞIK", "ışık"],
    ["ᏣᎳᎩ", "ꮳꮃꭹ"],
    ["ნინო", "ᲜᲘᲜᲝ"],
    ["Human  Rights\u3000Watch", "human rights watch"],
    ["José", "jose\u0301"],
    ["می‌خواهم", "میخواهم"],
    ["葛\u{e0100}城", "葛城"],
    ["ﷺ", "صلى الله عليه وسلم"],
    ["ſ", "S"],
    ["ǆ", "ǅ"],
  ])("makes %s and %s one", (a, b) => {
    expect(foldName(a)).toBe(foldName(b));
  });

  it("finds the beginning of a word, which ends in another sigma", () => {
    expect(foldName("ΣΕΙΣΜΟΣ")).toContain(foldName("Σεις"));
  });

  it("keeps different names apart", () => {
    for (const [a, b] of [
      ["Ana", "Anna"],
      ["José", "Jose"],
      ["а", "a"],
      ["A B", "AB"],
      ["1", "l"],
    ]) {
      expect(foldName(a ?? "")).not.toBe(foldName(b ?? ""));
    }
  });

  it("is the same for capitals and small letters, and done once, for every character", () => {
    for (let point = 0; point <= 0x3ffff; point++) {
      const character = String.fromCodePoint(point);
      if (!/\p{L}|\p{M}|\p{S}|\p{N}/u.test(character)) continue;
      const folded = foldCase(character);
      const again = [
        folded,
        character.toUpperCase(),
        character.toLowerCase(),
        character.normalize("NFKC"),
      ].map(foldCase);
      if (again.some((each) => each !== folded)) expect.fail(`U+${point.toString(16)}: ${folded} ${again}`);
    }
    for (const { name } of REAL_NAMES) expect(foldName(foldName(name))).toBe(foldName(name));
  });
});
