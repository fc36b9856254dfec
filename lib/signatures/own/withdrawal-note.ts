import { announceChange, letterTag } from "@/lib/cache/changes";
import { type Database, db, type Tx } from "@/lib/db/client";
import { decrypt, encrypt } from "@/lib/encryption/encrypt";
import { deploymentKey } from "@/lib/encryption/keys";
import { DomainError, EncryptionError } from "@/lib/errors";
import { chooseText } from "@/lib/letters/rules";
import { isShown, type Standing } from "@/lib/signatures/engine/rules";
import type { Subject } from "@/lib/signatures/engine/subject";
import { hiddenHash } from "@/lib/signatures/erasure/erased-hash";
import { tryToNoteErasures } from "@/lib/signatures/erasure/note-erasures";
import { noteHidden } from "@/lib/signatures/erasure/note-hidden";
import { lineDue } from "@/lib/signatures/own/rules";
import { notesBehind } from "@/lib/signatures/withdrawn-link";
import { siteNow } from "@/lib/site/queries";
import type { WithdrawalNote } from "@/prisma/generated/client";

/** A line in a list that somebody withdrew, as the links that can remove it know it. */
export type WithdrawnLine = {
  id: string;
  name: string;
  title: string;
  textLocale: string;
  /** Whether the list does not show it yet. */
  waits: boolean;
};

/** What a page says of a line that was removed. */
export type RemovedLine = Pick<WithdrawnLine, "name" | "title" | "textLocale">;

const CONTEXT = "note.waiting";
const REMOVED = "note.removed";

const nameOf = ({ name, waiting }: Pick<WithdrawalNote, "name" | "waiting">) =>
  name ?? (waiting ? decrypt(deploymentKey(), CONTEXT, waiting) : "");

/** The day of a time in a zone, as a date. */
const dayIn = (timeZone: string, now: Date) =>
  new Date(`${new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(now)}T00:00:00Z`);

/**
 * Leaves a line that somebody has withdrawn, where their name is shown, their mailbox can be told and the
 * letter has such lines. The list shows it a day after the mail about it has left: until then its mailbox can
 * remove it unread.
 * @returns its id; null where it leaves none
 */
export async function leaveNote(tx: Tx, subject: Subject, now: Date): Promise<string | null> {
  const { letterId, kind, country, fields } = subject;
  const wanted = { id: letterId, withdrawalsShown: true };
  if (!isShown(subject) || subject.bare || (await tx.letter.count({ where: wanted })) === 0) return null;
  const day = dayIn((await siteNow(tx)).timeZone, now);
  const waiting = encrypt(deploymentKey(), CONTEXT, fields.name);
  const note = { letterId, kind, country, waiting, day };
  return (await tx.withdrawalNote.create({ data: note, select: { id: true } })).id;
}

/** Has the lists show some of the lines that have waited. @returns how many */
export async function showDueLines(now: Date): Promise<number> {
  return db.$transaction(async (tx) => {
    const due = await tx.$queryRaw<{ id: string }[]>`
      SELECT n.id FROM withdrawal_note n JOIN mail m ON m.id = n.mail_id
      WHERE n.waiting IS NOT NULL AND m.state = 'SENT' AND m.done_at <= ${lineDue(now)}
      ORDER BY n.id LIMIT ${MOST} FOR UPDATE OF n SKIP LOCKED`;
    const ids = due.map(({ id }) => id);
    const letter = { select: { slug: true } };
    const notes = await tx.withdrawalNote.findMany({ where: { id: { in: ids } }, include: { letter } });
    for (const note of notes)
      await tx.withdrawalNote.update({
        where: { id: note.id },
        data: { name: nameOf(note), waiting: null, mailId: null },
        select: { id: true },
      });
    for (const slug of new Set(notes.map((note) => note.letter.slug)))
      await announceChange(tx, letterTag(slug));
    return notes.length;
  });
}

const MOST = 100;

/** Forgets some of the waiting lines whose mailbox could not be told. @returns how many */
export const forgetUntoldLines = (most: number) =>
  db.$executeRaw`
    DELETE FROM withdrawal_note WHERE id IN (
      SELECT n.id FROM withdrawal_note n WHERE n.waiting IS NOT NULL AND NOT EXISTS (
        SELECT FROM mail m WHERE m.id = n.mail_id AND m.state IN ('WAITING', 'SENT'))
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;

/** The lines that a link can remove. @param locale of the reader, for the letters' titles */
export async function linesBehind(token: string, locale: string): Promise<WithdrawnLine[]> {
  const ids = await notesBehind(db, token);
  return ids.length > 0 ? readLines(db, ids, locale) : [];
}

async function readLines(database: Database, ids: string[], locale: string): Promise<WithdrawnLine[]> {
  const texts = { select: { locale: true, title: true } };
  const versions = { orderBy: { number: "desc" as const }, take: 1, select: { texts } };
  const notes = await database.withdrawalNote.findMany({
    where: { id: { in: ids } },
    orderBy: [{ day: "asc" }, { id: "asc" }],
    include: { letter: { select: { locale: true, versions } } },
  });
  return notes.map(({ letter, ...note }) => {
    const text = chooseText(letter.versions[0]?.texts ?? [], locale, letter.locale);
    const { title, locale: textLocale } = text;
    return { id: note.id, name: nameOf(note), title, textLocale, waits: note.name === null };
  });
}

type Removing = { token: string; id: string; locale: string };

/**
 * Takes a line away, even before the list shows it, by any link that showed the signature. Others that the
 * link reaches stay.
 * @returns which one it was
 * @throws DomainError `not-found` where there is none
 */
export async function removeNote({ token, id, locale }: Removing): Promise<WithdrawnLine> {
  const removed = await db.$transaction(async (tx) => {
    const reached = (await notesBehind(tx, token)).includes(id);
    const [line] = reached ? await readLines(tx, [id], locale) : [];
    if (!line) throw new DomainError("not-found");
    const note = await tx.withdrawalNote.delete({ where: { id }, select: SLUG });
    await noteHidden(tx, [hiddenHash(id)]);
    await announceChange(tx, letterTag(note.letter.slug));
    return line;
  });
  await tryToNoteErasures();
  return removed;
}

/** Which line was removed, for the address of the page that says so: encrypted, as addresses are kept by browsers. */
export const encryptRemoved = ({ name, title, textLocale }: RemovedLine) =>
  encrypt(deploymentKey(), REMOVED, JSON.stringify({ name, title, textLocale }));

/** @returns null for what is none */
export function decryptRemoved(encrypted: unknown): RemovedLine | null {
  if (typeof encrypted !== "string") return null;
  try {
    return JSON.parse(decrypt(deploymentKey(), REMOVED, encrypted));
  } catch (error) {
    if (error instanceof EncryptionError) return null;
    throw error;
  }
}

const SLUG = { letter: { select: { slug: true } } } as const;

/** Lines end when their signatory stands in the list again. */
export async function endNotes(
  tx: Tx,
  shown: Pick<Standing, "letterId" | "kind" | "fields">[],
): Promise<void> {
  for (const { letterId, kind, fields } of shown) {
    const where = { letterId, kind, OR: [{ name: fields.name }, { name: null }] };
    const notes = await tx.withdrawalNote.findMany({ where });
    const same = notes.filter((note) => nameOf(note) === fields.name).map(({ id }) => id);
    await tx.withdrawalNote.deleteMany({ where: { id: { in: same } } });
  }
}
