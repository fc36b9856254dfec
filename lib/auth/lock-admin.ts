import type { Tx } from "@/lib/db/client";

/** Makes acts on one administrator's second factor wait for each other until the transaction ends. */
export async function lockAdmin(tx: Tx, adminId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM admin WHERE id = ${adminId}::uuid FOR NO KEY UPDATE`;
}
