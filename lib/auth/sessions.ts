import { v7 as uuid } from "uuid";
import { writeAudit } from "@/lib/audit/write-audit";
import { ADMIN_COLUMNS, type Admin, admitHalf, admitRow, type HalfAdmin } from "@/lib/auth/admin";
import type { Device } from "@/lib/auth/device";
import { isSeenAnew, type SessionMfa, sessionEnd, sessionWorth } from "@/lib/auth/rules";
import { db, type Tx } from "@/lib/db/client";
import { encrypt } from "@/lib/encryption/encrypt";
import { deploymentKey } from "@/lib/encryption/keys";
import { hashToken } from "@/lib/encryption/tokens";
import { env } from "@/lib/env";

/** A session that lasts. Until the second factor is proved it has half an administrator only. */
export type Session = { readonly id: string; readonly expiresAt: Date; readonly mfa: SessionMfa } & (
  | { readonly admin: Admin; readonly half: null }
  | { readonly admin: null; readonly half: HalfAdmin }
);

/** A session whose second factor is proved where it must be. */
export type WholeSession = Extract<Session, { half: null }>;

/** The administrator behind a session, half or whole. */
export const personOf = (session: Session) => session.admin ?? session.half;

type NewSession = { adminId: string; token: string; device?: Device; now: Date };

/** Begins a session of an administrator. @returns when it ends */
export async function beginSession(tx: Tx, { adminId, token, device, now }: NewSession): Promise<Date> {
  const expiresAt = sessionEnd(now);
  const encrypted = device && encrypt(deploymentKey(), "session.device", JSON.stringify(device));
  const times = { createdAt: now, seenAt: now, expiresAt };
  const data = { id: uuid(), tokenHash: hashToken(token), adminId, device: encrypted, ...times };
  await tx.adminSession.create({ data, select: { id: true } });
  await writeAudit(tx, { at: now, actor: "ADMIN", adminId, action: "admin.sign-in" });
  return expiresAt;
}

const RESUMED = {
  id: true,
  createdAt: true,
  seenAt: true,
  expiresAt: true,
  mfaVerifiedAt: true,
  admin: { select: { ...ADMIN_COLUMNS, _count: { select: { passkeys: true } } } },
} as const;

/** The session of a cookie, if it lasts and its administrator still is one; notes that it was seen. */
export async function resumeSession(token: string, now: Date): Promise<Session | null> {
  const row = await db.adminSession.findUnique({ where: { tokenHash: hashToken(token) }, select: RESUMED });
  if (!row) return null;
  const required = env().secondFactorRequired;
  const { passkeys } = row.admin._count;
  const worth = sessionWorth(row, { passkeys, required }, now);
  if (worth === "nothing") return null;
  const { id, expiresAt, seenAt, createdAt, mfaVerifiedAt } = row;
  const session = { id, expiresAt, mfa: { createdAt, mfaVerifiedAt, passkeys } };
  if (isSeenAnew(seenAt, now))
    await db.adminSession.updateMany({ where: { id, seenAt }, data: { seenAt: now } });
  if (worth === "half") {
    const half = admitHalf(row.admin);
    return half && { ...session, admin: null, half };
  }
  const admin = admitRow(row.admin);
  return admin && { ...session, admin, half: null };
}

/** Ends a session; one that is unknown has ended already. */
export async function endSession(token: string): Promise<void> {
  await db.adminSession.deleteMany({ where: { tokenHash: hashToken(token) } });
}
