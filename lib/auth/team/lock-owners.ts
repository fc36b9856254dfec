import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";

/** Makes changes of who owns the site wait for each other until the transaction ends. */
export async function lockOwners(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT id FROM admin WHERE granted AND role = 'OWNER' ORDER BY id FOR NO KEY UPDATE`;
}

/** Whether somebody owns the site: by the configuration, or by a granted right. */
export async function hasOwner(tx: Tx): Promise<boolean> {
  if (env().adminEmails.length > 0) return true;
  return (await tx.admin.count({ where: { granted: true, role: "OWNER" } })) > 0;
}
