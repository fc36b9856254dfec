import { decryptAdminAddress } from "@/lib/auth/admin";
import { db } from "@/lib/db/client";

/** The addresses behind ids of administrators, former ones included; for those whom acts were about. */
export async function adminAddresses(ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.admin.findMany({ where: { id: { in: ids } }, select: { id: true, address: true } });
  return new Map(rows.map(({ id, address }) => [id, decryptAdminAddress(address)]));
}
