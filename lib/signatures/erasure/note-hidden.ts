import { v7 as uuid } from "uuid";
import type { Tx } from "@/lib/db/client";

/**
 * Notes that something shown was hidden or corrected: the tables' pages hold it until they are written afresh.
 * @param lines for the file outside the database, by which a restored backup hides it again
 */
export async function noteHidden(tx: Tx, lines: string[] = []): Promise<void> {
  const rows = lines.length > 0 ? lines.map((hash) => ({ hash })) : [{}];
  await tx.erasure.createMany({ data: rows.map((row) => ({ id: uuid(), ...row })) });
}
