import { announceChange, letterTag } from "@/lib/cache/changes";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { isShown, type Standing } from "@/lib/signatures/engine/rules";
import type { Subject } from "@/lib/signatures/engine/subject";
import { hiddenHash } from "@/lib/signatures/erasure/erased-hash";
import { tryToNoteErasures } from "@/lib/signatures/erasure/note-erasures";
import { noteHidden } from "@/lib/signatures/erasure/note-hidden";
import { noteBehind } from "@/lib/signatures/withdrawn-link";
import { siteNow } from "@/lib/site/queries";

/** The day of a time in a zone, as a date. */
const dayIn = (timeZone: string, now: Date) =>
  new Date(`${new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(now)}T00:00:00Z`);

/**
 * Leaves a line in the list that somebody has withdrawn, where their name is shown and the letter has such lines.
 * @returns its id; null where it leaves none
 */
export async function leaveNote(tx: Tx, subject: Subject, now: Date): Promise<string | null> {
  const { letterId, kind, country, fields } = subject;
  const wanted = { id: letterId, withdrawalsShown: true };
  if (!isShown(subject) || (await tx.letter.count({ where: wanted })) === 0) return null;
  const day = dayIn((await siteNow(tx)).timeZone, now);
  const note = { letterId, kind, country, name: fields.name, day };
  return (await tx.withdrawalNote.create({ data: note, select: { id: true } })).id;
}

/**
 * Takes a line away again, by any link that showed the signature; another that the link reaches stays.
 * @throws DomainError `not-found` where there is none
 */
export async function removeNote(token: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const id = await noteBehind(tx, token);
    const slugs = { letter: { select: { slug: true } } };
    const note = id ? await tx.withdrawalNote.findUnique({ where: { id }, select: slugs }) : null;
    if (!id || !note) throw new DomainError("not-found");
    await tx.withdrawalNote.deleteMany({ where: { id } });
    await noteHidden(tx, [hiddenHash(id)]);
    await announceChange(tx, letterTag(note.letter.slug));
  });
  await tryToNoteErasures();
}

/** Lines end when their signatory stands in the list again. */
export async function endNotes(
  tx: Tx,
  shown: Pick<Standing, "letterId" | "kind" | "fields">[],
): Promise<void> {
  for (const { letterId, kind, fields } of shown)
    await tx.withdrawalNote.deleteMany({ where: { letterId, kind, name: fields.name } });
}
