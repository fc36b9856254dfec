import type { Admin } from "@/lib/auth/admin";
import { db } from "@/lib/db/client";
import { runAction, undoAction } from "@/lib/moderation/bulk/begin-action";
import { draftAction } from "@/lib/moderation/bulk/draft-action";
import { workOnBatch } from "@/lib/moderation/bulk/work-on-batch";
import { type Filters, wholeView } from "@/lib/moderation/filters/rules";
import type { BulkOperation } from "@/prisma/generated/enums";
import { later } from "./letters";

/** Filters that choose everything of a letter that can be rejected, unless narrowed. */
export const filtersOf = (letterId: string, changes: Partial<Filters> = {}): Filters => ({
  ...wholeView("PENDING", "VERIFIED", "HOLD", "APPROVED"),
  letterId,
  // Something must be asked for.
  from: "2000-01-01T00:00:00.000Z",
  ...changes,
});

/** Writes a choice down. @returns the id of the draft @throws where nothing was written down */
export async function draft(
  admin: Admin,
  filters: Filters,
  now = later(60),
  operation: BulkOperation = "REJECT",
): Promise<string> {
  const drafted = await draftAction({ admin, operation, filters, now });
  if ("not" in drafted) throw new Error(drafted.not);
  return drafted.id;
}

/** Chooses and begins a rejection. @returns the bulk action's id */
export async function begin(admin: Admin, filters: Filters, reason = "a brigade"): Promise<string> {
  const bulkActionId = await draft(admin, filters);
  await runAction({ admin, bulkActionId, reason, now: later(61) });
  return bulkActionId;
}

/** Does what the worker does, to the end. */
export async function workOff(bulkActionId: string, now = later(62)): Promise<void> {
  while (await workOnBatch({ bulkActionId, now }));
}

/** Undoes an action to the end. */
export async function undo(admin: Admin, bulkActionId: string): Promise<void> {
  await undoAction({ admin, bulkActionId, now: later(90) });
  await workOff(bulkActionId, later(91));
}

/** How many items of an act are in each state. */
export async function itemStates(bulkActionId: string): Promise<Record<string, number>> {
  const groups = await db.bulkItem.groupBy({ by: ["state"], where: { bulkActionId }, _count: true });
  return Object.fromEntries(groups.map(({ state, _count }) => [state, _count]));
}

/** Everything of a letter's signatures that undoing must bring back, as text; revisions only ever grow. */
export async function standingDump(letterId: string): Promise<string> {
  const rows = await db.$queryRaw<{ row: string }[]>`
    SELECT (to_jsonb(g) - 'revision' - 'near_keys')::text || to_jsonb(s)::text
      || COALESCE((to_jsonb(p) - 'id')::text, 'not shown') AS row
    FROM signature g JOIN signatory s ON s.id = g.signatory_id LEFT JOIN public_signatory p ON p.signature_id = g.id
    WHERE g.letter_id = ${letterId}::uuid ORDER BY g.id`;
  // What readers see of withheld ones follows in batches.
  const tally = await db.$queryRaw<{ row: string }[]>`
    SELECT (kind, country, approved, experts, withheld, withheld_experts)::text AS row FROM letter_tally
    WHERE letter_id = ${letterId}::uuid AND approved <> 0 ORDER BY kind, country`;
  return [...rows, ...tally].map(({ row }) => row).join("\n");
}
