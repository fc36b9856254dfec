import type { Admin } from "@/lib/auth/admin";
import { assertPermitted } from "@/lib/auth/assert-may";
import { byAdmin, type Context } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import type { Change } from "@/lib/signatures/engine/change";
import { lockSubjects, type Subject } from "@/lib/signatures/engine/subject";
import type { SignatureState } from "@/prisma/generated/enums";

/** A signature as a moderator's page showed it; actions apply to this and to nothing newer. */
export type Seen = { signatureId: string; state: SignatureState; revision: number };

export type Moderation = { admin: Admin; seen: Seen; now: Date };

/**
 * Carries out a moderator's action on one signature, in one transaction. Of two moderators who act on the same page's
 * signature at once, the first wins.
 * @param decide the rule of the action; it throws where the action is not possible
 * @throws DomainError `forbidden`, `not-found` where its person was erased too, `conflict`, `already-listed`, and what
 * `decide` throws
 */
export async function moderate(
  { admin, seen, now }: Moderation,
  decide: (subject: Subject) => Omit<Change, "subject">,
): Promise<void> {
  const context = byAdmin(admin, now);
  await db.$transaction(async (tx) => {
    const subject = await lockSeen(tx, seen, context);
    await applyChange(tx, { subject, ...decide(subject) }, context);
  });
}

/**
 * Locks a signature as a moderator's page showed it, for one who may decide about it.
 * @throws DomainError `forbidden`, `not-found` where its person was erased too, `conflict`
 */
export async function lockSeen(tx: Tx, seen: Seen, context: Context): Promise<Subject> {
  const [subject] = await lockSubjects(tx, [seen.signatureId]);
  await assertPermitted(tx, context.actor, "signature.moderate", subject?.letterId ?? null);
  if (!subject || subject.erased) throw new DomainError("not-found");
  if (subject.state !== seen.state || subject.revision !== seen.revision) throw new DomainError("conflict");
  return subject;
}
