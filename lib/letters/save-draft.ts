import type { Context } from "@/lib/auth/context";
import type { Tx } from "@/lib/db/client";
import { changeLetter } from "@/lib/letters/change-letter";
import { readDraft, type StoredDraft } from "@/lib/letters/draft-queries";
import { isSameText, type LetterTexts } from "@/lib/letters/rules";

/** Drafts are saved every few seconds. It is written down when somebody begins, and again after so long a pause. */
const NOTED_MS = 15 * 60_000;

type Saving = {
  /** The letter's own language where none is said. */
  locale?: string;
  text: LetterTexts;
  /** That of the text which the writer began from; 0 where there was no draft. */
  revision: number;
};

/** Whether it was saved; if not, what somebody else has saved since the writer began. */
export type Saved = { saved: true; revision: number; savedAt: Date } | { saved: false; now: StoredDraft };

/**
 * Saves the text that is being written in one language. Overwrites nothing that the writer has not seen: then nothing is
 * saved, and the writer gets the other text.
 * @throws DomainError `not-found`, `forbidden`
 */
export function saveDraft(
  context: Context,
  slug: string,
  { locale: of, text, revision }: Saving,
): Promise<Saved> {
  return changeLetter(context, slug, async ({ tx, letter, note }) => {
    const locale = of ?? letter.locale;
    const before = await readDraft(tx, letter.id, locale);
    const { now } = context;
    if (before.revision !== revision && !isSameText(before.text, text)) return { saved: false, now: before };
    if (isSameText(before.text, text) && before.savedAt)
      return { saved: true, revision: before.revision, savedAt: before.savedAt };
    const adminId = context.actor.kind === "administrator" ? context.actor.id : null;
    await write(tx, letter.id, { ...text, locale, revision: before.revision + 1, savedAt: now, adminId });
    const isNoted =
      before.adminId === adminId && before.savedAt && now.getTime() - before.savedAt.getTime() < NOTED_MS;
    if (!isNoted) await note("letter.write", { locale });
    return { saved: true, revision: before.revision + 1, savedAt: now };
  });
}

type Row = LetterTexts & { locale: string; revision: number; savedAt: Date; adminId: string | null };

/** The letter's row is locked: nobody else writes its drafts now. */
async function write(tx: Tx, letterId: string, row: Row): Promise<void> {
  const where = { letterId_locale: { letterId, locale: row.locale } };
  await tx.letterDraft.upsert({ where, create: { letterId, ...row }, update: row, select: { locale: true } });
}
