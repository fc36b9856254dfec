import { v7 as uuid } from "uuid";
import { writeAudit } from "@/lib/audit/write-audit";
import { ADMIN_COLUMNS, type Admin, admitRow } from "@/lib/auth/admin";
import { sessionEnd } from "@/lib/auth/rules";
import { db } from "@/lib/db/client";
import { hashToken } from "@/lib/vault/tokens";

/** Begins a session of an administrator. @returns when it ends */
export async function beginSession(adminId: string, token: string, now: Date): Promise<Date> {
  const expiresAt = sessionEnd(now);
  await db.$transaction(async (tx) => {
    const data = { id: uuid(), tokenHash: hashToken(token), adminId, createdAt: now, seenAt: now, expiresAt };
    await tx.adminSession.create({ data, select: { id: true } });
    await writeAudit(tx, { at: now, actor: "ADMIN", adminId, action: "admin.sign-in" });
  });
  return expiresAt;
}

/** The administrator of a session that lasts; null where it ended or the right was taken away. */
export async function adminBehindSession(
  token: string,
  now: Date,
): Promise<{ admin: Admin; expiresAt: Date } | null> {
  const session = await db.adminSession.findUnique({
    where: { tokenHash: hashToken(token), expiresAt: { gt: now } },
    select: { expiresAt: true, admin: { select: ADMIN_COLUMNS } },
  });
  const admin = session && admitRow(session.admin);
  return admin ? { admin, expiresAt: session.expiresAt } : null;
}

/** Ends a session; one that is unknown has ended already. */
export async function endSession(token: string): Promise<void> {
  await db.adminSession.deleteMany({ where: { tokenHash: hashToken(token) } });
}
