import { v7 as uuid } from "uuid";
import type { Tx } from "@/lib/db/client";

/** Notes that something shown was hidden or corrected: the tables' pages hold it until they are written afresh. */
export async function noteHidden(tx: Tx): Promise<void> {
  await tx.erasure.create({ data: { id: uuid() }, select: { id: true } });
}
