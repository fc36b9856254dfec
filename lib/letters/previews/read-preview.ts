import { readTally } from "@/lib/counts/queries";
import type { Tally } from "@/lib/counts/rules";
import { db } from "@/lib/db/client";
import type { LetterPage } from "@/lib/letters/cached";
import { draftTexts, publishedTexts } from "@/lib/letters/draft-queries";
import { renderMarkdown } from "@/lib/letters/markdown/render";
import { picturesOf } from "@/lib/letters/pictures/queries";
import { type BehindPreview, draftBehind } from "@/lib/letters/previews/queries";
import { chooseText, type LetterTexts, missingParts } from "@/lib/letters/rules";

/** A draft as its letter's page would show it, without what nobody can do with it. */
export type PreviewLetter = Pick<
  LetterPage,
  "organiserName" | "organiserUrl" | "textLocale" | keyof Omit<LetterTexts, "body"> | "bodyHtml"
> & { tally: Tally; expiresAt: Date };

type Shown = { is: "open"; letter: PreviewLetter } | Exclude<BehindPreview, { is: "open" }>;

/**
 * What anyone who holds a link sees: the text as it is saved now, in the reader's language where it is written in that.
 * @returns null where there never was such a link
 */
export async function readPreview(token: string, locale: string, now: Date): Promise<Shown | null> {
  const link = await draftBehind(db, token, now);
  if (link?.is !== "open") return link;
  const { letterId, expiresAt } = link;
  const {
    organiserName,
    organiserUrl,
    locale: own,
  } = await db.letter.findUniqueOrThrow({
    where: { id: letterId },
    select: { organiserName: true, organiserUrl: true, locale: true },
  });
  const texts = new Map([
    ...((await publishedTexts(db, letterId))?.texts ?? []),
    ...(await draftTexts(db, letterId)),
  ]);
  const written = [...texts].map(([of, text]) => ({ locale: of, ...text }));
  const begun = written.filter((text) => text.locale === own || missingParts(text).length < 4);
  const { body, locale: textLocale, ...words } = chooseText(begun, locale, own);
  const rendering = {
    language: textLocale,
    pictures: await picturesOf(db, letterId),
    picturesAt: `/preview/${token}/pictures`,
  };
  const bodyHtml = renderMarkdown(body, rendering);
  const tally = await readTally(db, letterId);
  return {
    is: "open",
    letter: { organiserName, organiserUrl, textLocale, ...words, bodyHtml, tally, expiresAt },
  };
}
