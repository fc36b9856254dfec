import { openConditions, sealConditions } from "@/lib/bulk/sealed-conditions";
import { db } from "@/lib/db/client";
import { NETWORK_DAYS } from "@/lib/rate-limit/limits";

const DAY_MS = 86_400_000;
const PAGE = 100;

/**
 * Erases the codes of networks from the conditions of acts that were run more than 30 days ago, as from signatures;
 * how many they were stays. Only opening them tells which, so it looks at all of them, page by page.
 * @returns of how many acts
 */
export async function forgetNetworksOfActs(now: Date): Promise<number> {
  const old = { createdAt: { lt: new Date(now.getTime() - NETWORK_DAYS * DAY_MS) } };
  let erased = 0;
  for (let after: string | undefined; ; ) {
    const acts = await db.bulkAct.findMany({
      where: { ...old, ...(after && { id: { gt: after } }) },
      orderBy: { id: "asc" },
      take: PAGE,
      select: { id: true, conditions: true },
    });
    for (const act of acts) if (await forgetNetworksOf(act)) erased++;
    after = acts.at(-1)?.id;
    if (acts.length < PAGE) return erased;
  }
}

async function forgetNetworksOf({ id, conditions }: { id: string; conditions: string }): Promise<boolean> {
  const opened = openConditions(conditions);
  if (!opened || opened.networks.length === 0) return false;
  const kept = sealConditions({ ...opened, networks: [], forgottenNetworks: opened.networks.length });
  await db.bulkAct.update({ where: { id }, data: { conditions: kept }, select: { id: true } });
  return true;
}
