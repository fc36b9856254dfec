import { writeAudit } from "@/lib/audit/write-audit";
import { MOST_MFA_FAILURES } from "@/lib/auth/rules";
import { personOf, type Session } from "@/lib/auth/sessions";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";

/**
 * Writes down that a session's second factor was not proved, and ends a session that has failed too often. So nobody
 * goes on guessing, and anyone who has only the mailbox cannot fill the audit log.
 * @throws DomainError `too-many-failures` where that ended the session, `conflict` where it had ended before
 */
export async function noteMfaFailure(session: Session, by: "passkey" | "code", now: Date): Promise<void> {
  const adminId = personOf(session).id;
  const over = await db.$transaction(async (tx) => {
    const [row] = await tx.adminSession.updateManyAndReturn({
      where: { id: session.id },
      data: { mfaFailures: { increment: 1 } },
      select: { mfaFailures: true },
    });
    if (!row) throw new DomainError("conflict");
    await writeAudit(tx, { at: now, actor: "ADMIN", adminId, action: "admin.prove-failed", details: { by } });
    if (row.mfaFailures < MOST_MFA_FAILURES) return false;
    await tx.adminSession.delete({ where: { id: session.id }, select: { id: true } });
    return true;
  });
  if (over) throw new DomainError("too-many-failures");
}
