import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { enqueueRecheck } from "@/lib/jobs/queue";

/**
 * Takes a name off a letter's watchlist; flags that it caused go soon. Repeating it does no harm.
 * @throws DomainError `forbidden`
 */
export async function removeFromWatchlist({
  admin,
  id,
  now,
}: {
  admin: Admin;
  id: string;
  now: Date;
}): Promise<void> {
  await db.$transaction(async (tx) => {
    const row = await tx.watchlistName.findUnique({ where: { id }, select: { letterId: true } });
    await assertStillMay(tx, admin, "watchlist.edit", row?.letterId);
    const { count } = await tx.watchlistName.deleteMany({ where: { id } });
    if (!row || count === 0) return;
    const { letterId } = row;
    const act = { at: now, actor: "ADMIN", adminId: admin.id, action: "watch.remove" } as const;
    await writeAudit(tx, { ...act, letterId, details: { watched: id } });
    await enqueueRecheck(tx, { what: "flags", letterId });
  });
}
