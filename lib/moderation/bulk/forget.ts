import { db } from "@/lib/db/client";
import { decryptFilters, encryptFilters } from "@/lib/moderation/bulk/encrypted";
import { DRAFT_MS } from "@/lib/moderation/bulk/rules";
import { keptSince } from "@/lib/retention/rules";

/** Each draft goes by itself, for it can have 20,000 items; so few make a batch. */
const BATCH = 20;

/**
 * Deletes some of the drafts that nobody has run within a day, with their items; the signatures stay.
 * @returns how many
 */
export async function forgetDrafts(now: Date): Promise<number> {
  const old = { state: "DRAFT", createdAt: { lt: new Date(now.getTime() - DRAFT_MS) } } as const;
  const drafts = await db.bulkAction.findMany({ where: old, take: BATCH, select: { id: true } });
  let gone = 0;
  for (const { id } of drafts) gone += (await db.bulkAction.deleteMany({ where: { ...old, id } })).count;
  return gone;
}

const PAGE = 100;

/**
 * Erases the codes of networks from the filters of actions that were run more than 30 days ago, as from signatures; how
 * many they were stays. Only opening them tells which, so it looks at all of them, page by page.
 * @returns of how many actions
 */
export async function forgetNetworksOfActions(now: Date): Promise<number> {
  const old = { createdAt: { lt: keptSince("network", now) } };
  let erased = 0;
  for (let after: string | undefined; ; ) {
    const acts = await db.bulkAction.findMany({
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
  const opened = decryptFilters(conditions);
  if (!opened || opened.networks.length === 0) return false;
  const kept = encryptFilters({ ...opened, networks: [], forgottenNetworks: opened.networks.length });
  await db.bulkAction.update({ where: { id }, data: { conditions: kept }, select: { id: true } });
  return true;
}
