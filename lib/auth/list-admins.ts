import { openAdminAddress } from "@/lib/auth/admin";
import { adminAddress } from "@/lib/auth/rules";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";

/** The addresses of all administrators, and where each has the right from. */
export async function listAdmins(): Promise<{ address: string; from: "configuration" | "command" }[]> {
  const rows = await db.admin.findMany({
    where: { granted: true },
    select: { address: true },
    orderBy: { id: "asc" },
  });
  const configured = env().adminEmails.flatMap((address) => adminAddress(address) ?? []);
  const granted = rows.map(({ address }) => openAdminAddress(address));
  return [
    ...configured.map((address) => ({ address, from: "configuration" as const })),
    ...granted
      .filter((address) => !configured.includes(address))
      .map((address) => ({ address, from: "command" as const })),
  ];
}
