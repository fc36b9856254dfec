import { NETWORK_DAYS } from "@/lib/abuse/limits/limits";
import { db } from "@/lib/db/client";

const DAY_MS = 86_400_000;

/** Erases the networks of some of the signatures that were submitted more than 30 days ago. @returns how many */
export async function forgetNetworks(now: Date, most: number): Promise<number> {
  const before = new Date(now.getTime() - NETWORK_DAYS * DAY_MS);
  return db.$executeRaw`
    UPDATE signature SET network_hash = NULL, wide_network_hash = NULL WHERE id IN (
      SELECT id FROM signature WHERE network_hash IS NOT NULL AND submitted_at < ${before}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}
