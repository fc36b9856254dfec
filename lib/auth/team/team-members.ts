import { type Admin, decryptAdminAddress } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { adminHash } from "@/lib/auth/is-admin";
import { adminAddress } from "@/lib/auth/rules";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { AdminRole } from "@/prisma/generated/enums";

/** An administrator as owners see them. */
export type TeamMember = {
  /** Null for one whom the configuration names and who has never signed in. */
  id: string | null;
  address: string;
  role: AdminRole;
  /** The ids of the letters that the role is for; null where it is for all. */
  letters: string[] | null;
  /** Named by the configuration: changed there only. */
  configured: boolean;
  passkeys: number;
  /** When the last session was begun that is still kept. */
  signedInAt: Date | null;
};

const MEMBER = {
  id: true,
  address: true,
  addressHash: true,
  role: true,
  allLetters: true,
  letters: { select: { letterId: true } },
  _count: { select: { passkeys: true } },
  sessions: { orderBy: { createdAt: "desc" }, take: 1, select: { createdAt: true } },
} as const;

/** All administrators: those of the configuration first, then in the order in which they came. */
export async function teamMembers(admin: Admin): Promise<TeamMember[]> {
  assertMay(admin, "team.manage");
  const configured = [...new Set(env().adminEmails.flatMap((address) => adminAddress(address) ?? []))];
  const rows = await db.admin.findMany({
    where: { OR: [{ granted: true }, { addressHash: { in: configured.map(adminHash) } }] },
    orderBy: { id: "asc" },
    select: MEMBER,
  });
  const members = rows.map(({ id, address, role, allLetters, letters, _count, sessions }): TeamMember => {
    const opened = decryptAdminAddress(address);
    const named = configured.includes(opened);
    const signedInAt = sessions[0]?.createdAt ?? null;
    const own = { role: named ? "OWNER" : role, configured: named } as const;
    const isForAll = named || allLetters || role === "OWNER";
    return {
      id,
      address: opened,
      ...own,
      letters: isForAll ? null : letters.map(({ letterId }) => letterId),
      passkeys: _count.passkeys,
      signedInAt,
    };
  });
  const known = new Set(members.map(({ address }) => address));
  const absent = configured.filter((address) => !known.has(address)).map(neverSignedIn);
  return [...members.filter((one) => one.configured), ...absent, ...members.filter((one) => !one.configured)];
}

const neverSignedIn = (address: string): TeamMember => ({
  id: null,
  address,
  role: "OWNER",
  letters: null,
  configured: true,
  passkeys: 0,
  signedInAt: null,
});
