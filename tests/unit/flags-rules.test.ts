import { describe, expect, it } from "vitest";
import { isDisposable } from "@/lib/fields/addresses/disposable";
import { areAlike, comparable } from "@/lib/fields/names/resemblance";
import { mixedWords } from "@/lib/fields/names/scripts";
import { skeletonOf } from "@/lib/fields/names/skeleton";
import { BURSTS, type FlagFacts, flagsOf } from "@/lib/moderation/flags/rules";
import { AWKWARD_NAMES, AWKWARD_ORGANISATIONS, REAL_NAMES } from "../fixtures/names";

const facts = (changes: Partial<FlagFacts> = {}): FlagFacts => ({
  kind: "INDIVIDUAL",
  email: "ada@university.example.org",
  website: null,
  name: "Ada Exampleton",
  representativeName: null,
  mailbox: { disposable: false, free: false },
  rejected: null,
  sharedWith: null,
  published: [],
  organiserUrl: null,
  watched: [],
  together: [],
  happened: { burst: false, bounced: false },
  ...changes,
});
const codes = (changes: Partial<FlagFacts>) => flagsOf(facts(changes)).map(({ code }) => code);
const published = (name: string, website: string | null = null) => ({ signatureId: "one", name, website });

describe("the flags of a signature", () => {
  it("are none where nothing is unusual", () => {
    expect(codes({})).toEqual([]);
    const kind = "ORGANISATION";
    expect(codes({ kind, email: "ada@mail.example.org", website: "https://www.example.org/" })).toEqual([]);
  });

  it("say the mailbox's domain: disposable, free for an organisation, another than the website's", () => {
    const disposable = { disposable: true, free: false };
    const free = { disposable: false, free: true };
    const kind = "ORGANISATION";
    const website = "https://foundation.example.com/";
    expect(flagsOf(facts({ mailbox: disposable }))).toEqual([
      { code: "disposable", domain: "university.example.org" },
    ]);
    expect(codes({ mailbox: free })).toEqual([]);
    expect(flagsOf(facts({ sharedWith: "one" }))).toEqual([{ code: "sharedMailbox", signatureId: "one" }]);
    expect(codes({ kind, website, mailbox: free })).toEqual(["freeMail"]);
    expect(flagsOf(facts({ kind, website }))).toEqual([
      { code: "domainDiffers", mailDomain: "university.example.org", websiteDomain: "example.com" },
    ]);
  });

  it("say what happened: a bounce, a burst, also one of which nothing more is known", () => {
    expect(codes({ happened: { burst: true, bounced: true } })).toEqual(["bounced", "burst"]);
    const [short, long] = BURSTS;
    expect(codes({ together: [short.count - 1, long.count - 1] })).toEqual([]);
    expect(flagsOf(facts({ together: [short.count, short.count] }))).toEqual([
      { code: "burst", together: short },
    ]);
    expect(flagsOf(facts({ together: [1, long.count] }))).toEqual([{ code: "burst", together: long }]);
  });

  it.each([
    ["Ada Lovelace", "Ada Lovelace"],
    ["Prof. Ada B. Lovelace", "Ada Lovelace"],
    ["LOVELACE Ada", "Ada Lovelace"],
    ["Аdа Lоvelасе", "Ada Lovelace"],
    ["Ada Lovelacé", "Ada Lovelace"],
    ["Ada Lovelacee", "Ada Lovelace"],
    ["𝐀𝐝𝐚 Lovelace", "Ada Lovelace"],
  ])("know %s for %s of the watch list", (name, watched) => {
    const watch = [{ name: watched, note: "Mathematician" }];
    expect(flagsOf(facts({ name, watched: watch }))).toContainEqual({
      code: "watched",
      name: watched,
      note: "Mathematician",
    });
    const kind = "ORGANISATION";
    expect(codes({ kind, name: "Example", representativeName: name, watched: watch })).toContain("watched");
  });

  it.each(["Ada Byron", "Adam Love", "Alan Turing"])("do not take %s for Ada Lovelace", (name) => {
    expect(codes({ name, watched: [{ name: "Ada Lovelace", note: null }] })).toEqual([]);
    expect(codes({ name, published: [published("Ada Lovelace")] })).toEqual([]);
  });

  it.each([
    ["Ada Lovelace", "Ada Lovelace"],
    ["Ada Lovelaca", "Ada Lovelace"],
    ["Аdа Lоvеlасе", "Ada Lovelace"],
    ["AIan Turing", "Alan Turing"],
    ["Ada Loveiace", "Ada Lovelace"],
    ["Zoё Müller", "Zoë Müller"],
    ["Сосо", "Coco"],
    ["Arnnesty International", "Amnesty International"],
    ["Human Rigths Watch International", "Human Rights Watch International"],
    ["محمد الخوارزمي", "مُحَمَّد الخوارزمي"],
    ["示例人权基金会", "示例人权基金会"],
  ])("say that %s looks like %s on the list", (name, listed) => {
    const names = [{ signatureId: "one", name: listed }];
    expect(flagsOf(facts({ name, published: [published(listed)] }))).toContainEqual({
      code: "lookalikeName",
      names,
    });
  });

  it.each([
    ["ada@example.com", "example.com", "https://example.org/"],
    ["ada@exampletrust.com", "exampletrust.com", "https://www.example-trust.org/"],
    ["ada@examp1etrust.org", "examp1etrust.org", "https://exampletrust.org/"],
    ["ada@exarnpletrust.org", "exarnpletrust.org", "https://exampletrust.org/"],
    ["ada@exаmpletrust.org", "xn--exmpletrust-zij.org", "https://exampletrust.org/"],
    ["ada@exampletrusts.org", "exampletrusts.org", "https://exampletrust.org/"],
  ])("say that the domain of %s looks like a listed one", (email, domain, website) => {
    const reasons = flagsOf(facts({ email, published: [published("Example Trust", website)] }));
    expect(reasons).toMatchObject([{ code: "lookalikeDomain", domain, signatureId: "one" }]);
    expect(flagsOf(facts({ email, organiserUrl: website }))).toMatchObject([
      { code: "lookalikeDomain", domain, signatureId: null },
    ]);
  });

  it("leave the listed domain itself, its free mail and short names alone", () => {
    const website = "https://exampletrust.org/";
    expect(
      codes({ email: "b@mail.exampletrust.org", published: [published("Example Trust", website)] }),
    ).toEqual([]);
    const free = { disposable: false, free: true };
    expect(codes({ email: "b@exampletrusts.org", mailbox: free, organiserUrl: website })).toEqual([]);
    expect(codes({ email: "b@pen.de", organiserUrl: "https://pen.org/" })).toEqual([]);
  });

  it("name the words that mix scripts", () => {
    expect(flagsOf(facts({ name: "Аda Lovelace" }))).toEqual([
      { code: "mixedScripts", words: [{ word: "Аda", scripts: ["Cyrl", "Latn"] }] },
    ]);
    expect(mixedWords("Сосо Chanel")).toEqual([{ word: "Сосо", scripts: ["Cyrl"] }]);
    expect(mixedWords("김Ким")).toEqual([{ word: "김Ким", scripts: ["Hang", "Cyrl"] }]);
    for (const name of [
      "Нина Smith",
      "xʷməθkʷəy̓əm",
      "山田タロウ",
      "Ｔシャツ T-shirt",
      "이 Lee 李",
      "Дүнья Uyghur",
    ])
      expect(mixedWords(name), name).toEqual([]);
  });
});

describe("real names", () => {
  const names = [...REAL_NAMES.map(({ name }) => name), ...AWKWARD_NAMES, ...AWKWARD_ORGANISATIONS];

  it("mix no scripts", () => {
    expect(names.length).toBeGreaterThan(1_500);
    expect(names.filter((name) => mixedWords(name).length > 0)).toEqual([]);
  });

  it("resemble each other rarely, though they are made of the same few parts", () => {
    const skeletons = names.map((name) => comparable(skeletonOf(name)));
    const alike = skeletons.filter((one, place) =>
      skeletons.some((other, at) => at !== place && areAlike(one, other)),
    );
    console.info(`${alike.length} of ${names.length} names resemble another one`);
    expect(alike.length / names.length).toBeLessThan(0.04);
  });
});

describe("disposable domains", () => {
  it.each([
    ["mailinator.com", true],
    ["inbox.mailinator.com", true],
    ["MAILINATOR.COM", true],
    ["example.org", false],
    ["gmail.com", false],
    ["", false],
  ])("%s: %s", (domain, expected) => expect(isDisposable(domain)).toBe(expected));
});
