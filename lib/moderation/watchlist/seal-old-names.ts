import { db } from "@/lib/db/client";
import { SEALED, sealWatched, watchedHash } from "@/lib/moderation/watchlist/sealed-name";
import { noteHidden } from "@/lib/signatures/erasure/note-hidden";

/** Seals what versions before this one kept in the clear. @returns how many names */
export async function sealOldNames(): Promise<number> {
  const rows = await db.watchedName.findMany({ where: { NOT: { name: { startsWith: SEALED } } } });
  if (rows.length === 0) return 0;
  await db.$transaction(async (tx) => {
    for (const { id, letterId, name, note } of rows) {
      const data = { ...sealWatched({ name, note }), nameHash: watchedHash(letterId, name) };
      await tx.watchedName.updateMany({ where: { id, name }, data });
    }
    // The table's pages are still to be written afresh.
    await noteHidden(tx);
  });
  return rows.length;
}
