import type { Database } from "@/lib/db/client";
import type { LetterTexts } from "@/lib/letters/rules";

/** The text that is being written in one language; of one that nobody has written yet, an empty one of revision 0. */
export type StoredDraft = {
  text: LetterTexts;
  revision: number;
  savedAt: Date | null;
  adminId: string | null;
};

const TEXT = { title: true, standfirst: true, recipients: true, body: true } as const;
const EMPTY: LetterTexts = { title: "", standfirst: "", recipients: "", body: "" };

/** The draft in a language; where there is none, the text as it was last published. */
export async function readDraft(database: Database, letterId: string, locale: string): Promise<StoredDraft> {
  const draft = await database.letterDraft.findUnique({
    where: { letterId_locale: { letterId, locale } },
    select: { ...TEXT, revision: true, savedAt: true, adminId: true },
  });
  if (!draft) {
    const published = await publishedTexts(database, letterId);
    return { text: published?.texts.get(locale) ?? EMPTY, revision: 0, savedAt: null, adminId: null };
  }
  const { title, standfirst, recipients, body, ...rest } = draft;
  return { text: { title, standfirst, recipients, body }, ...rest };
}

/** All drafts of a letter by language. */
export async function draftTexts(database: Database, letterId: string): Promise<Map<string, LetterTexts>> {
  const drafts = await database.letterDraft.findMany({
    where: { letterId },
    orderBy: { locale: "asc" },
    select: { ...TEXT, locale: true },
  });
  return byLocale(drafts);
}

/** Which drafts of a letter there are now, as a text that changes with each saving: `ar:2 en:5`. */
export async function draftsStamp(database: Database, letterId: string): Promise<string> {
  const drafts = await database.letterDraft.findMany({
    where: { letterId },
    orderBy: { locale: "asc" },
    select: { locale: true, revision: true },
  });
  return drafts.map(({ locale, revision }) => `${locale}:${revision}`).join(" ");
}

/** The newest version's id and number with its texts by language; null where there is none. */
export async function publishedTexts(database: Database, letterId: string) {
  const version = await database.letterVersion.findFirst({
    where: { letterId },
    orderBy: { number: "desc" },
    select: {
      id: true,
      number: true,
      answerBy: true,
      texts: { select: { ...TEXT, locale: true }, orderBy: { locale: "asc" } },
    },
  });
  return version && { ...version, texts: byLocale(version.texts) };
}

function byLocale(texts: (LetterTexts & { locale: string })[]): Map<string, LetterTexts> {
  return new Map(texts.map(({ locale, ...text }) => [locale, text]));
}
