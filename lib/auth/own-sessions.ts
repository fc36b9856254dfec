import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertMay, assertStillMay } from "@/lib/auth/assert-may";
import type { Device } from "@/lib/auth/device";
import { idleSince } from "@/lib/auth/rules";
import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { deploymentKey } from "@/lib/encryption/keys";

export type OwnSession = {
  id: string;
  device: Device;
  createdAt: Date;
  seenAt: Date;
  expiresAt: Date;
  verified: boolean;
};

const UNKNOWN: Device = { browser: null, system: null };

/** The sessions of an administrator that last, the one seen last first. */
export async function ownSessions(admin: Admin, now: Date): Promise<OwnSession[]> {
  assertMay(admin, "session.own");
  const rows = await db.adminSession.findMany({
    where: { adminId: admin.id, expiresAt: { gt: now }, seenAt: { gt: idleSince(now) } },
    orderBy: [{ seenAt: "desc" }, { id: "desc" }],
    select: { id: true, device: true, createdAt: true, seenAt: true, expiresAt: true, mfaVerifiedAt: true },
  });
  return rows.map(({ device, mfaVerifiedAt, ...row }) => ({
    ...row,
    device: device ? JSON.parse(decrypt(deploymentKey(), "session.device", device)) : UNKNOWN,
    verified: mfaVerifiedAt !== null,
  }));
}

/** Ends one session of an administrator; one that is over, or somebody else's, is left alone. */
export async function endOwnSession(admin: Admin, id: string, now: Date): Promise<void> {
  await end(admin, { id }, now);
}

export async function endOtherSessions(admin: Admin, keep: string, now: Date): Promise<void> {
  await end(admin, { id: { not: keep } }, now);
}

async function end(admin: Admin, which: { id: string | { not: string } }, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    await assertStillMay(tx, admin, "session.own");
    const { count } = await tx.adminSession.deleteMany({ where: { ...which, adminId: admin.id } });
    if (count === 0) return;
    const line = { at: now, actor: "ADMIN" as const, adminId: admin.id, action: "admin.end-sessions" };
    await writeAudit(tx, { ...line, details: { count } });
  });
}
