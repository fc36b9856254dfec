import { v7 as uuid } from "uuid";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { announceChange, BLOCKS_TAG } from "@/lib/cache/changes";
import { db } from "@/lib/db/client";
import { enqueueRecheck } from "@/lib/jobs/queue";
import { encryptPattern, encryptReason, patternHash } from "@/lib/moderation/blocklist/encrypted-rule";
import type { AskedBlock } from "@/lib/moderation/blocklist/schemas";

/**
 * Adds a rule to the blocklist. From now on what it names reaches no queue by itself, and what waits already is set
 * apart soon.
 * @returns the rule's id; null where the list has that rule already
 * @throws DomainError `forbidden`
 */
export async function addBlock({
  admin,
  block,
  now,
}: {
  admin: Admin;
  block: AskedBlock;
  now: Date;
}): Promise<string | null> {
  return db.$transaction(async (tx) => {
    await assertStillMay(tx, admin, "blocklist.edit");
    const id = uuid();
    const { kind, pattern, reason } = block;
    const row = {
      id,
      kind,
      pattern: encryptPattern(pattern),
      reason: encryptReason(reason),
      patternHash: patternHash(block),
      adminId: admin.id,
      createdAt: now,
    };
    const { count } = await tx.blockRule.createMany({ data: row, skipDuplicates: true });
    if (count === 0) return null;
    const details = { kind, rule: id };
    await writeAudit(tx, { at: now, actor: "ADMIN", adminId: admin.id, action: "block.add", details });
    await announceChange(tx, BLOCKS_TAG);
    await enqueueRecheck(tx, { what: "block", ruleId: id });
    return id;
  });
}
