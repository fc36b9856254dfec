import { v7 as uuid } from "uuid";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { enqueueRecheck } from "@/lib/jobs/queue";
import { encryptWatchlistName, watchedHash } from "@/lib/moderation/watchlist/encrypted-name";
import type { AskedName } from "@/lib/moderation/watchlist/schemas";

type Asked = { admin: Admin; letterId: string; watched: AskedName; now: Date };

/**
 * Puts a name on a letter's watchlist. Signatures that bear it are flagged, those that wait already soon.
 * @returns the id of the entry; null where the name is on the list already
 * @throws DomainError `not-found` where there is no such letter, `forbidden`
 */
export async function addToWatchlist({ admin, letterId, watched, now }: Asked): Promise<string | null> {
  return db.$transaction(async (tx) => {
    await assertStillMay(tx, admin, "watchlist.edit", letterId);
    if ((await tx.letter.count({ where: { id: letterId } })) === 0) throw new DomainError("not-found");
    const id = uuid();
    const nameHash = watchedHash(letterId, watched.name);
    const row = {
      id,
      letterId,
      ...encryptWatchlistName(watched),
      nameHash,
      adminId: admin.id,
      createdAt: now,
    };
    const { count } = await tx.watchlistName.createMany({ data: row, skipDuplicates: true });
    if (count === 0) return null;
    const act = { at: now, actor: "ADMIN", adminId: admin.id, action: "watch.add" } as const;
    await writeAudit(tx, { ...act, letterId, details: { watched: id } });
    await enqueueRecheck(tx, { what: "flags", letterId });
    return id;
  });
}
