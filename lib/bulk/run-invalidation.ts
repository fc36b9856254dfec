import { v7 as uuid } from "uuid";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { matching } from "@/lib/bulk/matching";
import { CHOSEN_FINGERPRINT } from "@/lib/bulk/preview-invalidation";
import { MOST_CHOSEN } from "@/lib/bulk/rules";
import type { Conditions } from "@/lib/bulk/schemas";
import { sealConditions } from "@/lib/bulk/sealed-conditions";
import { sealReason } from "@/lib/bulk/sealed-reason";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { enqueueBulkAct } from "@/lib/jobs/queue";
import type { Prisma } from "@/prisma/generated/client";

/** A previewed invalidation that is to be run. */
export type Run = {
  admin: Admin;
  conditions: Conditions;
  /** What was previewed. */
  fingerprint: string;
  /** Why, in words; at most 1,000 characters. */
  reason: string;
  now: Date;
};

/**
 * Begins a bulk invalidation: writes down which signatures it is about, at once and for good, and queues the work.
 * @returns the bulk act's id
 * @throws DomainError `conflict` where the choice is no longer the one that was previewed, `invalid` where nothing is
 * chosen or more than one act may be about, `forbidden`
 */
export async function runInvalidation(run: Run): Promise<string> {
  const id = uuid();
  // Opening names takes its time; a signature that comes or goes after it changes the fingerprint.
  const where = await matching(db, run.conditions);
  await db.$transaction(async (tx) => {
    await assertStillMay(tx, run.admin, "bulk.run");
    const { count, fingerprint } = await writeDown(tx, id, run, where);
    if (count > MOST_CHOSEN) throw new DomainError("invalid");
    if (fingerprint !== run.fingerprint) throw new DomainError("conflict");
    if (count === 0) throw new DomainError("invalid");
    await writeAudit(tx, {
      at: run.now,
      actor: "ADMIN",
      adminId: run.admin.id,
      action: "bulk.run",
      letterId: run.conditions.letterId,
      details: { bulkAct: id, signatures: count },
    });
    await enqueueBulkAct(tx, id);
  });
  return id;
}

async function writeDown(tx: Tx, id: string, { admin, conditions, reason, now }: Run, where: Prisma.Sql) {
  const [chosen] = await tx.$queryRaw<[{ count: number; fingerprint: string }]>`
    WITH g AS (SELECT id, revision FROM signature g WHERE ${where} LIMIT ${MOST_CHOSEN + 1}),
    act AS (
      INSERT INTO bulk_act (id, letter_id, admin_id, state, conditions, reason, total, created_at)
      SELECT ${id}::uuid, ${conditions.letterId}::uuid, ${admin.id}::uuid, 'RUNNING', ${sealConditions(conditions)},
        ${sealReason(id, reason)}, count(*)::int, ${now}::timestamptz
      FROM g
    ),
    items AS (
      INSERT INTO bulk_item (bulk_act_id, signature_id, state, revision)
      SELECT ${id}::uuid, id, 'WAITING', revision FROM g
    )
    SELECT count(*)::int AS count, ${CHOSEN_FINGERPRINT} AS fingerprint FROM g`;
  return chosen;
}
