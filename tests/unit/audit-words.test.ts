import { describe, expect, it } from "vitest";
import { LATE_LINKS } from "@/lib/audit/late-links";
import { LOCALES } from "@/lib/i18n/locales";
import { loadMessages, type MessageTree } from "@/lib/i18n/messages";
import { readSources } from "../support/sources";

/** Where the sources name what they write down: as an entry's action, as a note about a letter, or in a record of such. */
const NAMING = /\baction(?:: | = )[^;\n]*|\b(?:note|noteLetter|publish)\([^;]*|\b[A-Z]+: "signature\.[^\n]*/g;

/** Every verb that the audit log can hold, as the sources name them. */
const verbs = new Set([
  ...readSources(["lib", "prisma"]).flatMap(({ text }) =>
    [...text.matchAll(NAMING)].flatMap(([naming]) =>
      [...naming.matchAll(/"([a-z]+\.[a-z-]+)"/g)].map(([, verb = ""]) => verb),
    ),
  ),
  "bulk.run",
  "bulk.undo",
  LATE_LINKS,
]);

function actions(tree: MessageTree): MessageTree | null {
  for (const [name, part] of Object.entries(tree)) {
    if (typeof part === "string") continue;
    const found = name === "actions" ? part : actions(part);
    if (found) return found;
  }
  return null;
}

describe.each(LOCALES)("in %s", (locale) => {
  it("every act in the log has words of its own", () => {
    expect(verbs.size).toBeGreaterThan(70);
    const words = actions(loadMessages(locale).admin) ?? {};
    const wordless = [...verbs].filter((verb) => {
      const [about = "", act = ""] = verb.split(".");
      const group = words[about];
      return typeof group !== "object" || !(act in group);
    });
    expect(wordless).toEqual([]);
  });
});
