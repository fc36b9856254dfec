import { decryptAdminAddress } from "@/lib/auth/admin";
import { adminAddress } from "@/lib/auth/rules";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { AdminRole } from "@/prisma/generated/enums";

type ListedAdmin = { address: string; role: AdminRole; from: "configuration" | "command" };

/** The addresses of all administrators, each with its role and where it has the right from. */
export async function listAdmins(): Promise<ListedAdmin[]> {
  const rows = await db.admin.findMany({
    where: { granted: true },
    select: { address: true, role: true },
    orderBy: { id: "asc" },
  });
  const configured = env().adminEmails.flatMap((address) => adminAddress(address) ?? []);
  const granted = rows.map(({ address, role }) => ({ address: decryptAdminAddress(address), role }));
  return [
    ...configured.map((address) => ({ address, role: "OWNER" as const, from: "configuration" as const })),
    ...granted
      .filter(({ address }) => !configured.includes(address))
      .map((admin) => ({ ...admin, from: "command" as const })),
  ];
}
