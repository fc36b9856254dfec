import { writeAudit } from "@/lib/audit/write-audit";
import { bySystem } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { isRecordDue, type Recording } from "@/lib/retention/rules";
import { applyChanges } from "@/lib/signatures/engine/apply-changes";
import type { Change } from "@/lib/signatures/engine/change";
import { lockSubjects, type Subject } from "@/lib/signatures/engine/subject";
import { nextState } from "@/lib/signatures/rules";

const BATCH = 100;

export const RECORDING = {
  id: true,
  closesAt: true,
  recordMonths: true,
  recordConfirmed: true,
  recordSince: true,
} as const;

type Due = Recording & { id: string; recordPlace: string | null };

/**
 * Deletes all but the public record of letters that closed long ago, where an owner has confirmed it: a batch of one of them.
 * A transaction each: if a worker dies, another call goes on.
 * @returns how many signatures were looked at; call again until none is
 */
export async function leaveRecords(now: Date): Promise<number> {
  const letters = await db.letter.findMany({
    where: { recordConfirmed: { lte: now }, closesAt: { lte: now }, recordSince: null },
    select: { ...RECORDING, recordPlace: true },
  });
  const due = letters.find((letter) => isRecordDue(letter, now));
  if (!due) return 0;
  try {
    return await db.$transaction((tx) => leaveBatch(tx, due, now));
  } catch (error) {
    // It was opened again meanwhile.
    if (error instanceof DomainError && error.code === "conflict") return 0;
    throw error;
  }
}

async function leaveBatch(tx: Tx, letter: Due, now: Date): Promise<number> {
  const { id, recordPlace } = letter;
  const found = await tx.signature.findMany({
    where: { letterId: id, ...(recordPlace && { id: { gt: recordPlace } }) },
    orderBy: { id: "asc" },
    take: BATCH,
    select: { id: true },
  });
  const subjects = await lockSubjects(
    tx,
    found.map((one) => one.id),
  );
  await applyChanges(tx, subjects.flatMap(changeOf), bySystem(now));
  const finished = found.length < BATCH;
  await note(
    tx,
    letter,
    finished ? { recordPlace: null, recordSince: now } : { recordPlace: found.at(-1)?.id },
  );
  if (finished) await deleteRest(tx, id, now);
  return Math.max(found.length, 1);
}

function changeOf(subject: Subject): Change[] {
  if (subject.bare) return [];
  if (subject.state === "APPROVED")
    return [{ subject, action: "signature.bare", after: {}, erase: "all-but-public" }];
  const state = nextState(subject.state, "outlive");
  return state ? [{ subject, action: "signature.outlive", after: { state }, erase: true }] : [];
}

/** @throws DomainError `conflict` where the letter was opened again, or has another time */
async function note(
  tx: Tx,
  { id, closesAt, recordMonths, recordConfirmed }: Due,
  data: { recordPlace?: string | null; recordSince?: Date },
): Promise<void> {
  const same = { closesAt, recordMonths, recordConfirmed, recordSince: null };
  const { count } = await tx.letter.updateMany({ where: { id, ...same }, data });
  if (count === 0) throw new DomainError("conflict");
}

/** What moderators kept for the letter: names that are often faked, and by what and why many signatures were decided on. */
async function deleteRest(tx: Tx, letterId: string, now: Date): Promise<void> {
  await tx.watchlistName.deleteMany({ where: { letterId } });
  await tx.bulkAction.deleteMany({ where: { letterId } });
  await writeAudit(tx, { at: now, actor: "SYSTEM", action: "letter.record", letterId });
}
