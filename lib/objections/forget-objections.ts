import { db } from "@/lib/db/client";
import { keptSince } from "@/lib/retention/rules";

/**
 * Deletes some of the objections that nobody confirmed in time, closes those whose entry is gone, and erases what was written
 * from those that were decided long ago: that there was a decision stays.
 * @returns how many
 */
export async function forgetObjections(now: Date, most: number): Promise<number> {
  const unconfirmed = await db.$executeRaw`
    DELETE FROM objection WHERE id IN (
      SELECT id FROM objection WHERE state = 'UNCONFIRMED' AND created_at < ${keptSince("unconfirmed", now)}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
  const gone = await db.$executeRaw`
    UPDATE objection SET state = 'GONE', decided_at = ${now} WHERE id IN (
      SELECT o.id FROM objection o JOIN signature g ON g.id = o.signature_id
      WHERE o.state = 'OPEN' AND g.state <> 'APPROVED' LIMIT ${most} FOR UPDATE OF o SKIP LOCKED)`;
  const decided = await db.$executeRaw`
    UPDATE objection SET contents = NULL, wrapped = NULL, address_hash = NULL, network_hash = NULL WHERE id IN (
      SELECT id FROM objection WHERE contents IS NOT NULL AND decided_at < ${keptSince("objection", now)}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
  const networks = await db.$executeRaw`
    UPDATE objection SET network_hash = NULL WHERE id IN (
      SELECT id FROM objection WHERE network_hash IS NOT NULL AND created_at < ${keptSince("network", now)}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
  return unconfirmed + gone + decided + networks;
}
