import type { AuditLine } from "@/lib/audit/write-audit";
import type { Context } from "@/lib/auth/context";
import type { ActorKind } from "@/prisma/generated/enums";

/** Who did something, when, and in which request: what every entry of the audit log begins with. */
export function auditHead(context: Context) {
  const { now, requestId } = context;
  return { at: now, ...actorColumns(context), details: requestId ? { request: requestId } : {} };
}

function actorColumns({ actor }: Context): Pick<AuditLine, "actor" | "adminId"> {
  if (actor.kind === "administrator") return { actor: "ADMIN", adminId: actor.id };
  const kinds = { signatory: "SIGNATORY", system: "SYSTEM" } as const satisfies Record<string, ActorKind>;
  if (actor.kind !== "apiKey") return { actor: kinds[actor.kind] };
  throw new Error("no API key may change a signature yet");
}
