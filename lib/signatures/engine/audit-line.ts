import { auditHead } from "@/lib/audit/audit-head";
import type { AuditLine } from "@/lib/audit/write-audit";
import type { Context } from "@/lib/auth/context";
import { encrypt } from "@/lib/encryption/encrypt";
import type { Change } from "@/lib/signatures/engine/change";
import { standingAfter } from "@/lib/signatures/engine/rules";

/** What the audit log keeps of a change: what was different before; personal parts under the signature's own key. */
export function auditLine(change: Change, context: Context, flags?: string[]): AuditLine {
  const { subject: before, action, erase } = change;
  const after = standingAfter(before, change.after);
  const moved = before.earlier !== after.earlier || before.version.number !== after.version.number;
  const plain = ({ state, hold, expert, earlier, version, visibility }: typeof after) => ({
    ...{ state, hold, expert },
    ...(before.visibility !== after.visibility && { visibility }),
    ...(moved && { earlier, version: version.number }),
  });
  return {
    ...auditHead(context),
    action,
    letterId: before.letterId,
    signatureId: before.id,
    details: {
      ...auditHead(context).details,
      ...change.details,
      ...(flags && { flags }),
      before: plain(before),
      after: plain(after),
    },
    encrypted: erase ? undefined : encryptedParts(change),
  };
}

function encryptedParts({ subject: before, after, reason }: Change): string | undefined {
  if (after.country === undefined && !after.fields && reason === undefined) return undefined;
  const parts = {
    before: { ...(after.country && { country: before.country }), ...(after.fields && before.fields) },
    after: { ...(after.country && { country: after.country }), ...after.fields, ...(reason && { reason }) },
  };
  return encrypt(before.key, "audit.sealed", JSON.stringify(parts));
}
