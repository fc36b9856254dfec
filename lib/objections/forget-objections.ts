import { db, type Tx } from "@/lib/db/client";
import { enqueueMails } from "@/lib/mail/outbox";
import { DECIDABLE } from "@/lib/objections/queries";
import { DECISION_DAYS } from "@/lib/objections/rules";
import { keptSince } from "@/lib/retention/rules";
import { noteHidden } from "@/lib/signatures/erasure/note-hidden";

/**
 * Deletes some of the objections that nobody confirmed in time, closes those whose entry is gone, and erases what was written
 * from those that were decided long ago: that there was a decision stays.
 * @returns how many
 */
export async function forgetObjections(now: Date, most: number): Promise<number> {
  const gone = await closeGone(now, most);
  const erased = await db.$transaction((tx) => erase(tx, now, most));
  const networks = await db.$executeRaw`
    UPDATE objection SET network_hash = NULL WHERE id IN (
      SELECT id FROM objection WHERE network_hash IS NOT NULL AND created_at < ${keptSince("network", now)}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
  return gone + erased + networks;
}

/** The table's pages hold what they wrote until they are written afresh. */
async function erase(tx: Tx, now: Date, most: number): Promise<number> {
  const unconfirmed = await tx.$executeRaw`
    DELETE FROM objection WHERE id IN (
      SELECT id FROM objection WHERE state = 'UNCONFIRMED' AND created_at < ${keptSince("unconfirmed", now)}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
  const decided = await tx.$executeRaw`
    UPDATE objection SET contents = NULL, wrapped = NULL, address_hash = NULL, network_hash = NULL WHERE id IN (
      SELECT id FROM objection WHERE contents IS NOT NULL AND decided_at < ${keptSince("objection", now)}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
  if (unconfirmed + decided > 0) await noteHidden(tx);
  return unconfirmed + decided;
}

/** Who objected is told that the list does not show the entry, in the words of one that is hidden. */
const closeGone = (now: Date, most: number) =>
  db.$transaction(async (tx) => {
    const closed = await tx.$queryRaw<{ id: string; answerAt: Date }[]>`
      UPDATE objection SET state = 'GONE', decided_at = ${now},
        answer_at = GREATEST(${now}, confirmed_at + ${DECISION_DAYS} * interval '1 day')
      WHERE id IN (
        SELECT o.id FROM objection o WHERE o.state = 'OPEN' AND NOT ${DECIDABLE} LIMIT ${most} FOR UPDATE OF o SKIP LOCKED)
      RETURNING id::text, answer_at AS "answerAt"`;
    const mails = closed.map(({ id: objectionId, answerAt }) => ({
      mail: { message: "objection-decided" as const, objectionId },
      startAfter: answerAt,
    }));
    await enqueueMails(tx, mails);
    return closed.length;
  });
