import { writeAudits } from "@/lib/audit/write-audit";
import type { LockedAct } from "@/lib/bulk/held-signatures";
import type { Held } from "@/lib/bulk/rules";
import type { Tx } from "@/lib/db/client";

type Standing = Pick<Held, "state" | "quarantine">;

/** One signature's line of the audit log. */
export type BulkLine = {
  action: "signature.invalidate" | "signature.set-apart" | "signature.reinstate";
  signatureId: string;
  before: Standing;
  after: Standing;
  /** As `writeAudit` takes it. */
  sealed?: string;
};

/** Writes the audit lines of a batch, under the name of the moderator who ran or undid the act. */
export async function auditBatch(
  tx: Tx,
  { act, adminId, now }: { act: LockedAct; adminId: string | null; now: Date },
  lines: BulkLine[],
): Promise<void> {
  const common = {
    at: now,
    actor: "ADMIN",
    letterId: act.letterId,
    ...(adminId ? { adminId } : {}),
  } as const;
  await writeAudits(
    tx,
    lines.map(({ before, after, ...line }) => ({
      ...common,
      ...line,
      details: { bulkAct: act.id, before, after },
    })),
  );
}
