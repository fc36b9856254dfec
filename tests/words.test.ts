import { describe, expect, it } from "vitest";
import { DEFAULT_LOCALE, LOCALES } from "@/lib/i18n/locales";
import { argumentsOf, missingPlurals, readMessages, unusedKeys } from "./support/message-files";
import { readSources } from "./support/sources";
import { wordsInComponents } from "./support/visible-words";

const components = readSources(["app", "emails"]).filter(({ path }) => path.endsWith(".tsx"));
const messages = new Map(LOCALES.map((locale) => [locale, readMessages(locale)]));
const english = readMessages(DEFAULT_LOCALE);

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

  it("are all asked for somewhere", () => {
    const sources = readSources(["app", "emails", "lib", "server"]);
    expect(unusedKeys([...english.keys()], sources)).toEqual([]);
  });
});
