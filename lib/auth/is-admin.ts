import { adminAddress } from "@/lib/auth/rules";
import { type Database, db } from "@/lib/db/client";
import { keyedHash } from "@/lib/encryption/hash";
import { env } from "@/lib/env";

/** The hash under which an administrator's row is found. @param address in the form of `adminAddress` */
export function adminHash(address: string): string {
  return keyedHash("admin-address-1", address);
}

/** Whether the configuration itself names an address as an administrator's. @param address in the form of `adminAddress` */
export function isConfiguredAdmin(address: string): boolean {
  return env().adminEmails.some((configured) => adminAddress(configured) === address);
}

/** Whether an address, in any spelling of letters' case, is an administrator's: configured or granted. */
export async function isAdmin(address: string, database: Database = db): Promise<boolean> {
  const strict = adminAddress(address);
  if (!strict) return false;
  if (isConfiguredAdmin(strict)) return true;
  const granted = await database.admin.count({ where: { addressHash: adminHash(strict), granted: true } });
  return granted === 1;
}
