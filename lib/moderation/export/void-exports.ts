import type { Tx } from "@/lib/db/client";
import type { Change } from "@/lib/signatures/engine/change";
import { hidesShown } from "@/lib/signatures/engine/rules";

/**
 * Takes the keys of files that may name somebody who has withdrawn, expired, was erased or is no longer shown; one that is
 * being written is begun anew. Locks the letters, in the order of their ids, so that no file is begun unseen meanwhile.
 */
export async function voidExports(tx: Tx, changes: Change[], now: Date): Promise<void> {
  const gone = changes.filter(isGone);
  const letterIds = [...new Set(gone.map(({ subject }) => subject.letterId))].sort();
  for (const letterId of letterIds) {
    const those = gone.filter(({ subject }) => subject.letterId === letterId).map(({ subject }) => subject);
    await tx.$queryRaw`SELECT 1 FROM letter WHERE id = ${letterId}::uuid FOR NO KEY UPDATE`;
    await voidExportsOf(tx, letterId, now, {
      since: new Date(Math.min(...those.map(({ submittedAt }) => submittedAt.getTime()))),
      shown: those.some(({ visibility, concealed }) => visibility === "PUBLIC" && !concealed),
      confirmed: those.some(({ state }) => state !== "PENDING"),
    });
  }
}

/**
 * The same for the files of a letter that the caller has locked. Notes it of those that were downloaded.
 * @param gone since when there are such entries; whether some of those who go have a shown name (only these
 * are in files without hidden names), and some have confirmed (others are only in files with the unconfirmed)
 */
export async function voidExportsOf(
  tx: Tx,
  letterId: string,
  now: Date,
  { since = new Date(0), shown, confirmed }: { since?: Date; shown: boolean; confirmed: boolean },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE export_file SET gone_at = ${now}
    WHERE letter_id = ${letterId}::uuid AND taken_at IS NOT NULL AND gone_at IS NULL AND touched_at >= ${since}
      AND (hidden OR ${shown}) AND (pending OR ${confirmed})`;
  await tx.$executeRaw`
    UPDATE export_file SET key = NULL, attempt = NULL,
      state = CASE WHEN state = 'DONE' THEN 'VOID'::"ExportState" ELSE state END
    WHERE letter_id = ${letterId}::uuid AND state IN ('RUNNING', 'DONE')
      AND (hidden OR ${shown}) AND (pending OR ${confirmed})`;
}

function isGone({ subject, after, erase }: Change): boolean {
  const leaves = after.state === "WITHDRAWN" || after.state === "EXPIRED";
  // One that waits is in files of those who wait.
  const hides = subject.visibility === "PUBLIC" && after.visibility === "WITHHELD";
  return Boolean(erase) || leaves || hides || hidesShown(subject, after);
}
