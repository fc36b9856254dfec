import type { AuditLine } from "@/lib/audit/write-audit";
import type { Context } from "@/lib/auth/context";
import { encrypt } from "@/lib/encryption/encrypt";
import type { Change } from "@/lib/signatures/engine/change";
import { standingAfter } from "@/lib/signatures/engine/rules";
import type { ActorKind } from "@/prisma/generated/enums";

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
    ...linesHead(context),
    action,
    letterId: before.letterId,
    signatureId: before.id,
    details: {
      ...linesHead(context).details,
      ...change.details,
      ...(flags && { flags }),
      before: plain(before),
      after: plain(after),
    },
    encrypted: erase ? undefined : encryptedParts(change),
  };
}

export function linesHead(context: Context) {
  const { now, requestId } = context;
  return { at: now, ...actorColumns(context), details: requestId ? { request: requestId } : {} };
}

function actorColumns({ actor }: Context): Pick<AuditLine, "actor" | "adminId"> {
  if (actor.kind === "administrator") return { actor: "ADMIN", adminId: actor.id };
  const kinds = { signatory: "SIGNATORY", system: "SYSTEM" } as const satisfies Record<string, ActorKind>;
  if (actor.kind !== "apiKey") return { actor: kinds[actor.kind] };
  throw new Error("no API key may change a signature yet");
}

function encryptedParts({ subject: before, after, reason }: Change): string | undefined {
  if (after.country === undefined && !after.fields && reason === undefined) return undefined;
  const parts = {
    before: { ...(after.country && { country: before.country }), ...(after.fields && before.fields) },
    after: { ...(after.country && { country: after.country }), ...after.fields, ...(reason && { reason }) },
  };
  return encrypt(before.key, "audit.sealed", JSON.stringify(parts));
}
