import { openConditions, sealConditions } from "@/lib/bulk/sealed-conditions";
import type { Tx } from "@/lib/db/client";
import { NETWORK_DAYS } from "@/lib/rate-limit/limits";

const DAY_MS = 86_400_000;

/**
 * Erases the codes of networks from the conditions of acts that were run more than 30 days ago, as from signatures;
 * how many they were stays.
 * @returns of how many acts
 */
export async function forgetNetworksOfActs(tx: Tx, now: Date): Promise<number> {
  const acts = await tx.bulkAct.findMany({
    where: { createdAt: { lt: new Date(now.getTime() - NETWORK_DAYS * DAY_MS) } },
    select: { id: true, conditions: true },
  });
  let erased = 0;
  for (const { id, conditions } of acts) {
    const opened = openConditions(conditions);
    if (!opened || opened.networks.length === 0) continue;
    const kept = sealConditions({ ...opened, networks: [], forgottenNetworks: opened.networks.length });
    await tx.bulkAct.update({ where: { id }, data: { conditions: kept }, select: { id: true } });
    erased++;
  }
  return erased;
}
