import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DEFAULT_LOCALE, LOCALES } from "@/lib/i18n/locales";
import { NAMESPACES } from "@/lib/i18n/messages";
import { PROJECT } from "@/lib/project-folder";
import { argumentsOf, missingPlurals, readMessages, unusedKeys } from "./support/message-files";
import { readSources } from "./support/sources";
import { wordsInComponents } from "./support/visible-words";

const components = readSources(["app", "emails"]).filter(({ path }) => path.endsWith(".tsx"));
const messages = new Map(LOCALES.map((locale) => [locale, readMessages(locale)]));
const english = readMessages(DEFAULT_LOCALE);

/** Words that the interface has a plainer or a single one for, and straight quotation marks. */
const FORBIDDEN: Record<(typeof LOCALES)[number], RegExp> = {
  en: /\b(?:e-mails?|mails?|quarantined?|set apart|apart|lapsed?|proof of work|unproven|second factor|prove[ds]?|verif(?:y|ied)|watch list|block list|vault|seal(?:ed)?|remarks?|withh[eo]ld|mend(?:ing|ed)?|whoever|somebody|anybody|everybody|of which|bears?|shall|thereby|thereof|undelivered|taken back|forgotten|front page|notice|erased?|deliveries|unwanted)\b|["']/i,
  ar: /استمارة|نحّ|منحّ|التواقيع|["']/u,
};

describe("words", () => {
  it("are not written into components", () => {
    expect(components.length).toBeGreaterThan(20);
    expect(components.flatMap(wordsInComponents)).toEqual([]);
  });

  it("exist in every language", () => {
    expect(english.size).toBeGreaterThan(100);
    for (const [locale, texts] of messages) {
      expect([locale, ...[...texts.keys()].sort()]).toEqual([locale, ...[...english.keys()].sort()]);
      expect([...texts].filter(([, text]) => text.trim() === "").map(([key]) => `${locale} ${key}`)).toEqual(
        [],
      );
    }
  });

  it("take the same arguments in every language", () => {
    const differing = [...messages].flatMap(([locale, texts]) =>
      [...texts]
        .filter(([key, text]) => `${argumentsOf(text)}` !== `${argumentsOf(english.get(key) ?? "")}`)
        .map(([key, text]) => `${locale} ${key}: ${argumentsOf(text)}`),
    );
    expect(differing).toEqual([]);
  });

  it("have every plural form of their language", () => {
    const lacking = [...messages].flatMap(([locale, texts]) =>
      [...texts].flatMap(([key, text]) =>
        missingPlurals(locale, text).map((form) => `${locale} ${key} ${form}`),
      ),
    );
    expect(lacking).toEqual([]);
  });

  it("are everyday ones, and one for each thing", () => {
    const found = [...messages].flatMap(([locale, texts]) =>
      [...texts].flatMap(([key, text]) => {
        const word = FORBIDDEN[locale].exec(text.replaceAll(/<[^>]*>|npm run .*?--\w+/g, ""))?.[0];
        return word ? [`${locale} ${key}: ${word}`] : [];
      }),
    );
    expect(found).toEqual([]);
  });

  it("name each email for those who see which ones failed", () => {
    const emails = [...english.keys()].flatMap((key) => /^mail\.([^.]+)\.subject$/.exec(key)?.[1] ?? []);
    expect(emails.length).toBeGreaterThan(20);
    // A discreet one is another’s discreet form.
    const named = emails.filter((email) => !email.startsWith("discreet-"));
    expect(named.filter((email) => !english.has(`mails.message.${email}`))).toEqual([]);
  });

  it("have a note for translators in every namespace", () => {
    const notes = readFileSync(join(PROJECT, "messages/notes.md"), "utf8").split(/^## /m).slice(1);
    expect(notes.map((note) => note.split("\n", 1)[0]).sort()).toEqual([...NAMESPACES].sort());
    for (const note of notes) expect(note.length, note).toBeGreaterThan(80);
  });

  it("are all asked for somewhere", () => {
    const sources = readSources(["app", "emails", "lib", "server"]);
    expect(unusedKeys([...english.keys()], sources)).toEqual([]);
  });
});
