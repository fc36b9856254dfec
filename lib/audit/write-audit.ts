import { v7 as uuid } from "uuid";
import type { Tx } from "@/lib/db/client";
import { type ActorKind, Prisma } from "@/prisma/generated/client";

/** One line of the audit log. Personal parts go into `sealed`, under the signature's data key. */
export type AuditLine = {
  at: Date;
  actor: ActorKind;
  adminId?: string;
  /** The verb, such as `signature.approve`. */
  action: string;
  letterId?: string;
  signatureId?: string;
  /** Facts without personal data. */
  details?: Prisma.InputJsonObject;
  /** JSON `{ before, after }`, sealed in the context `audit.sealed`. */
  sealed?: string;
};

/** Writes an audit line in the transaction of the act that it records. */
export async function writeAudit(tx: Tx, line: AuditLine): Promise<void> {
  await tx.$executeRaw(auditInsert(line));
}

/**
 * The statement that writes an audit line, for an act that is itself one statement.
 * @param from where the act's own rows are; nothing is written where there are none
 */
export function auditInsert(line: AuditLine, from: Prisma.Sql = Prisma.empty): Prisma.Sql {
  const {
    at,
    actor,
    adminId = null,
    action,
    letterId = null,
    signatureId = null,
    details = {},
    sealed = null,
  } = line;
  return Prisma.sql`
    INSERT INTO audit_entry (id, at, actor, admin_id, action, letter_id, signature_id, details, sealed)
    SELECT ${uuid()}::uuid, ${at}::timestamptz, ${actor}::"ActorKind", ${adminId}::uuid, ${action}, ${letterId}::uuid,
           ${signatureId}::uuid, ${JSON.stringify(details)}::jsonb, ${sealed} ${from}`;
}
