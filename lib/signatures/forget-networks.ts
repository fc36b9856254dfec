import type { Tx } from "@/lib/db/client";
import { NETWORK_DAYS } from "@/lib/rate-limit/limits";

const DAY_MS = 86_400_000;

/** Erases the networks of signatures that were submitted more than 30 days ago. @returns how many */
export async function forgetNetworks(tx: Tx, now: Date): Promise<number> {
  const { count } = await tx.signature.updateMany({
    where: {
      networkHash: { not: null },
      submittedAt: { lt: new Date(now.getTime() - NETWORK_DAYS * DAY_MS) },
    },
    data: { networkHash: null, wideNetworkHash: null },
  });
  return count;
}
