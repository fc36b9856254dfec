import { db } from "@/lib/db/client";
import type { ExportState } from "@/prisma/generated/enums";

/** Without a sign of life for so long, nobody writes a file any more. */
const LOST_MS = 3_600_000;
/** How long the list of an administrator's files remembers one. */
const KEPT_MS = 7 * 86_400_000;
/** A piece is a quarter of a megabyte. */
const PIECES = 200;

const before = (now: Date, ms: number) => new Date(now.getTime() - ms);

/**
 * Ends files whose hour is over, or that were never finished, and forgets those of last week: of the ones that were downloaded it
 * stays that they were. @returns how many
 */
export async function endOldExports(now: Date): Promise<number> {
  const expired = await db.exportFile.updateMany({
    where: { state: "DONE", expiresAt: { lte: now } },
    data: { state: "EXPIRED", key: null },
  });
  const lost = await db.exportFile.updateMany({
    where: { state: "RUNNING", touchedAt: { lt: before(now, LOST_MS) } },
    data: { state: "FAILED", problem: "LOST", key: null, attempt: null },
  });
  const isOver: ExportState[] = ["FAILED", "VOID", "EXPIRED"];
  const old = { state: { in: isOver }, createdAt: { lt: before(now, KEPT_MS) } };
  const forgotten = await db.exportFile.deleteMany({ where: { ...old, takenAt: null, parts: { none: {} } } });
  // What was asked for may name somebody.
  const emptied = await db.exportFile.updateMany({
    where: { ...old, takenAt: { not: null }, filters: { not: "" } },
    data: { filters: "" },
  });
  return expired.count + lost.count + forgotten.count + emptied.count;
}

/** Deletes some pieces of files that nobody can open any more. @returns how many */
export const forgetOldPieces = () => db.$executeRaw`
  DELETE FROM export_piece WHERE (file_id, number) IN (
    SELECT p.file_id, p.number FROM export_piece p JOIN export_file f ON f.id = p.file_id
    WHERE f.state NOT IN ('RUNNING', 'DONE') LIMIT ${PIECES})`;
