import { db } from "@/lib/db/client";
import { ENCRYPTED, encryptWatchlistName, watchedHash } from "@/lib/moderation/watchlist/encrypted-name";
import { noteHidden } from "@/lib/signatures/erasure/note-hidden";

/** Encrypts what versions before this one kept in the clear. @returns how many names */
export async function encryptOldNames(): Promise<number> {
  const rows = await db.watchlistName.findMany({ where: { NOT: { name: { startsWith: ENCRYPTED } } } });
  if (rows.length === 0) return 0;
  await db.$transaction(async (tx) => {
    for (const { id, letterId, name, note } of rows) {
      const data = { ...encryptWatchlistName({ name, note }), nameHash: watchedHash(letterId, name) };
      await tx.watchlistName.updateMany({ where: { id, name }, data });
    }
    // The table's pages are still to be written afresh.
    await noteHidden(tx);
  });
  return rows.length;
}
