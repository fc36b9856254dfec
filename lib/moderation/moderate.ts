import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { db, type Tx } from "@/lib/db/client";
import { noteHidden } from "@/lib/erasure/note-hidden";
import { DomainError } from "@/lib/errors";
import { enqueueMail, enqueueRecheck } from "@/lib/jobs/queue";
import { isShown, type Standing } from "@/lib/moderation/rules";
import { standingColumns } from "@/lib/moderation/standing-columns";
import { readSubject, type Seen, type Subject } from "@/lib/moderation/subject";
import { countChanges } from "@/lib/tally/count-changes";
import { seal } from "@/lib/vault/seal";
import { Prisma } from "@/prisma/generated/client";

/** Who acts on what, as seen, and when. */
export type Moderation = { admin: Admin; seen: Seen; now: Date };

/** What an act makes of a signature. */
export type Decision = {
  /** The verb for the audit log. */
  action: string;
  after: Partial<Pick<Standing, "state" | "country" | "expert" | "quarantine" | "fields">>;
  /** Why, for a rejection. */
  reason?: string;
  /** What the signatory is told. */
  mail?: "signature-approved" | "signature-rejected" | "signature-corrected" | "signature-expert";
};

/**
 * Carries out a moderator's act in one transaction: the guarded update, the counts, the audit entry, the mail and the
 * announcement. Of two moderators who act on the same page's signature at once, the first wins.
 * @param decide the rule of the act; it throws where the act is not possible
 * @throws DomainError `forbidden`, `not-found`, `conflict`, `already-listed`, and what `decide` throws
 */
export async function moderate(
  moderation: Moderation,
  decide: (subject: Subject) => Decision,
): Promise<void> {
  try {
    await db.$transaction((tx) => act(tx, moderation, decide));
  } catch (error) {
    // The only unique key that an act sets is the listing.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") {
      throw new DomainError("already-listed");
    }
    throw error;
  }
}

async function act(
  tx: Tx,
  { admin, seen, now }: Moderation,
  decide: (subject: Subject) => Decision,
): Promise<void> {
  await assertStillMay(tx, admin, "signature.moderate");
  const before = await readSubject(tx, seen);
  const decision = decide(before);
  const after = { ...before, ...decision.after };
  await store(tx, before, after, decision, now);
  if (isShown(before) && (!isShown(after) || before.fields !== after.fields)) await noteHidden(tx);
  await countChanges(tx, { id: before.letterId, slug: before.slug }, [{ before, after }], now);
  await audit(tx, { admin, now, before, after, decision });
  if (decision.mail) await enqueueMail(tx, { message: decision.mail, signatureId: before.id });
  // What others resemble has changed, or what this one is called.
  if (isShown(before) !== isShown(after) || before.fields !== after.fields)
    await enqueueRecheck(tx, { what: "flags", letterId: before.letterId });
}

async function store(tx: Tx, before: Subject, after: Subject, decision: Decision, now: Date): Promise<void> {
  const { signature, signatory } = standingColumns(before, after, decision.reason, now);
  const { count } = await tx.signature.updateMany({
    where: { id: before.id, state: before.state, revision: before.revision },
    data: { ...signature, revision: { increment: 1 } },
  });
  if (count === 0) throw new DomainError("conflict");
  await tx.signatory.update({ where: { id: before.signatoryId }, data: signatory, select: { id: true } });
}

type Audited = { admin: Admin; now: Date; before: Subject; after: Subject; decision: Decision };

async function audit(tx: Tx, { admin, now, before, after, decision }: Audited): Promise<void> {
  const plain = ({ state, expert }: Subject) => ({ state, expert });
  const personal = {
    before: { country: before.country, ...before.fields },
    after: {
      country: after.country,
      ...after.fields,
      ...(decision.reason ? { reason: decision.reason } : {}),
    },
  };
  await writeAudit(tx, {
    at: now,
    actor: "ADMIN",
    adminId: admin.id,
    action: decision.action,
    letterId: before.letterId,
    signatureId: before.id,
    details: { before: plain(before), after: plain(after) },
    sealed: seal(before.key, "audit.sealed", JSON.stringify(personal)),
  });
}
