import { db } from "@/lib/db/client";
import { keptSince } from "@/lib/retention/rules";

/** Erases the networks of some of the signatures that were submitted more than 30 days ago. @returns how many */
export async function forgetNetworks(now: Date, most: number): Promise<number> {
  return db.$executeRaw`
    UPDATE signature SET network_hash = NULL, wide_network_hash = NULL WHERE id IN (
      SELECT id FROM signature WHERE network_hash IS NOT NULL AND submitted_at < ${keptSince("network", now)}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}
