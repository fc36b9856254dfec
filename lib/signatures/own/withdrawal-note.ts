import { announceChange, letterTag } from "@/lib/cache/changes";
import { db, type Tx } from "@/lib/db/client";
import { keyedHash } from "@/lib/encryption/hash";
import { hashToken } from "@/lib/encryption/tokens";
import { DomainError } from "@/lib/errors";
import { isShown } from "@/lib/signatures/engine/rules";
import type { Subject } from "@/lib/signatures/engine/subject";
import { noteHidden } from "@/lib/signatures/erasure/note-hidden";
import { siteNow } from "@/lib/site/queries";

const hashOf = (token: string) => keyedHash("withdrawal-note-1", hashToken(token));

/** The day of a time in a zone, as a date. */
const dayIn = (timeZone: string, now: Date) =>
  new Date(`${new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(now)}T00:00:00Z`);

/** Leaves a line in the list that somebody has withdrawn, where their name is shown and the letter has such lines. */
export async function leaveNote(tx: Tx, subject: Subject, token: string, now: Date): Promise<void> {
  const { letterId, kind, country, fields } = subject;
  const wanted = { id: letterId, withdrawalsShown: true };
  if (!isShown(subject) || (await tx.letter.count({ where: wanted })) === 0) return;
  const day = dayIn((await siteNow(tx)).timeZone, now);
  const note = { letterId, kind, country, name: fields.name, day, linkHash: hashOf(token) };
  await tx.withdrawalNote.create({ data: note, select: { id: true } });
}

/** Whether a link has left such a line. */
export const hasNote = async (token: string) =>
  (await db.withdrawalNote.count({ where: { linkHash: hashOf(token) } })) > 0;

/** Takes the line away again, by the link that withdrew. @throws DomainError `not-found` where there is none */
export async function removeNote(token: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const linkHash = hashOf(token);
    const note = await tx.withdrawalNote.findUnique({
      where: { linkHash },
      select: { letter: { select: { slug: true } } },
    });
    if (!note) throw new DomainError("not-found");
    await tx.withdrawalNote.deleteMany({ where: { linkHash } });
    await noteHidden(tx);
    await announceChange(tx, letterTag(note.letter.slug));
  });
}
