import { v7 as uuid } from "uuid";
import { entryMark } from "@/lib/audit/entry-mark";
import type { Tx } from "@/lib/db/client";
import { type ActorKind, Prisma } from "@/prisma/generated/client";

/** One line of the audit log. Personal parts go into `encrypted`, under the signature's data key. */
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
  /** JSON `{ before, after }`, encrypted in the context `audit.encrypted`. */
  encrypted?: string;
};

/** Writes an audit line in the transaction of the act that it records. */
export async function writeAudit(tx: Tx, line: AuditLine): Promise<void> {
  await tx.$executeRaw(auditInsert(line));
}

/** Writes the audit lines of an act on many signatures in one statement. */
export async function writeAudits(tx: Tx, lines: AuditLine[]): Promise<void> {
  if (lines.length === 0) return;
  const rows = lines.map((line) => Prisma.sql`(${columns(line)})`);
  await tx.$executeRaw(Prisma.sql`INSERT INTO audit_entry ${NAMES} VALUES ${Prisma.join(rows)}`);
}

/**
 * The statement that writes an audit line, for an act that is itself one statement.
 * @param from where the act's own rows are; nothing is written where there are none
 */
export function auditInsert(line: AuditLine, from: Prisma.Sql = Prisma.empty): Prisma.Sql {
  return Prisma.sql`INSERT INTO audit_entry ${NAMES} SELECT ${columns(line)} ${from}`;
}

const NAMES = Prisma.raw(
  "(id, at, actor, admin_id, action, letter_id, signature_id, details, encrypted, mark)",
);

/** The values of a line, with the mark that only this deployment can make. */
function columns(line: AuditLine): Prisma.Sql {
  const { at, actor, adminId = null, action, letterId = null, signatureId = null, encrypted = null } = line;
  const id = uuid();
  const details = JSON.stringify(line.details ?? {});
  const written = { id, at, actor, adminId, action, letterId, signatureId, encrypted };
  const mark = entryMark({ ...written, details: JSON.parse(details) });
  return Prisma.sql`
    ${id}::uuid, ${at}::timestamptz, ${actor}::"ActorKind", ${adminId}::uuid, ${action}, ${letterId}::uuid,
    ${signatureId}::uuid, ${details}::jsonb, ${encrypted}, ${mark}`;
}
