import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { stillChosen } from "@/lib/bulk/matching";
import { type Origins, originsOf } from "@/lib/bulk/origins";
import type { ChoosableState } from "@/lib/bulk/rules";
import { readSample, type SampleLine } from "@/lib/bulk/sample";
import type { Conditions } from "@/lib/bulk/schemas";
import { openConditions } from "@/lib/bulk/sealed-conditions";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/prisma/generated/client";

/** A choice that was written down, and what running it would do now. */
export type Draft = {
  id: string;
  conditions: Conditions;
  /** How many would be invalidated. */
  count: number;
  /** Of these, how many are in each state; states without any are absent. */
  states: Partial<Record<ChoosableState, number>>;
  /** How many more were chosen and have moved on since: a run passes them over. */
  movedOn: number;
  origins: Origins;
  sample: SampleLine[];
};

/** A draft as it stands; null where there is none, or it was run. @throws DomainError `forbidden` */
export async function readDraft(admin: Admin, id: string): Promise<Draft | null> {
  assertMay(admin, "bulk.run");
  const select = { conditions: true, total: true } as const;
  const act = await db.bulkAct.findUnique({ where: { id, state: "DRAFT" }, select });
  const conditions = act && openConditions(act.conditions);
  if (!conditions) return null;
  const where = stillChosen(id);
  const states = await countStates(where);
  const count = Object.values(states).reduce((sum, some) => sum + some, 0);
  return {
    id,
    conditions,
    count,
    states,
    movedOn: act.total - count,
    origins: await originsOf(where),
    sample: await readSample(where),
  };
}

async function countStates(where: Prisma.Sql): Promise<Draft["states"]> {
  const groups = await db.$queryRaw<{ state: ChoosableState; count: number }[]>`
    SELECT g.state::text AS state, count(*)::int AS count FROM signature g WHERE ${where}
    GROUP BY g.state ORDER BY g.state`;
  return Object.fromEntries(groups.map(({ state, count }) => [state, count]));
}
