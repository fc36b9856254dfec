import type { Admin } from "@/lib/auth/admin";
import { assertPermitted } from "@/lib/auth/assert-may";
import { byAdmin } from "@/lib/auth/context";
import { announceChange, letterTag } from "@/lib/cache/changes";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { enqueueMail } from "@/lib/mail/outbox";
import { answerTime } from "@/lib/objections/rules";
import { shownAmong } from "@/lib/signatories/shown-signatory";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import type { Change } from "@/lib/signatures/engine/change";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { nextState } from "@/lib/signatures/rules";
import { LIMITS } from "@/lib/signatures/schemas";

type Deciding = { admin: Admin; id: string; now: Date };

/**
 * Removes the entry that an objection is about, and with it decides all objections to it.
 * @param reason why, for the other moderators and the signatory: the moderator's words, never the objector's
 * @throws DomainError `invalid` without a reason, `conflict` where it is decided already, `forbidden`, `not-found`
 */
export async function removeObjected({ reason, ...deciding }: Deciding & { reason: string }): Promise<void> {
  const words = reason.trim().normalize("NFC");
  if (!words || [...words].length > LIMITS.reason) throw new DomainError("invalid");
  await decide(deciding, "REMOVED", (subject) => {
    const state = nextState(subject.state, "reject");
    if (!state) throw new DomainError("conflict");
    return { action: "signature.reject", after: { state }, reason: words, mail: "signature-rejected" };
  });
}

/**
 * Keeps the entry: its name is shown again, if nothing else hides it.
 * @throws DomainError `conflict` where it is decided already, `forbidden`, `not-found`
 */
export const keepObjected = (deciding: Deciding) =>
  decide(deciding, "KEPT", () => ({ action: "signature.keep", after: {} }));

async function decide(
  { admin, id, now }: Deciding,
  state: "REMOVED" | "KEPT",
  change: (subject: Change["subject"]) => Omit<Change, "subject">,
): Promise<void> {
  const context = byAdmin(admin, now);
  const found = await db.objection.findUnique({ where: { id }, select: { signatureId: true } });
  await db.$transaction(async (tx) => {
    const [subject] = found ? await lockSubjects(tx, [found.signatureId]) : [];
    await assertPermitted(tx, context.actor, "signature.moderate", subject?.letterId ?? null);
    if (!subject || subject.erased) throw new DomainError("not-found");
    const open = await tx.objection.findMany({ where: { signatureId: subject.id, state: "OPEN" } });
    if (!open.some((one) => one.id === id)) throw new DomainError("conflict");
    // First: what it hides is no reason to hide any more.
    await tx.objection.updateMany({
      where: { id: { in: open.map((one) => one.id) } },
      data: { state, decidedAt: now },
    });
    const isListed = async () => (await shownAmong(tx, [subject.id])).has(subject.id);
    const wasListed = await isListed();
    await applyChange(tx, { subject, ...change(subject) }, context);
    // Of an entry that is hidden nobody learns that it was signed.
    const listed = state === "REMOVED" ? wasListed : await isListed();
    for (const { id: objectionId, own, confirmedAt } of open) {
      const shown = listed || (own && state === "REMOVED");
      const answerAt = answerTime(confirmedAt ?? now, shown, now);
      await tx.objection.update({ where: { id: objectionId }, data: { answerAt }, select: { id: true } });
      const mail = { message: "objection-decided" as const, objectionId };
      await enqueueMail(tx, mail, { startAfter: answerAt });
    }
    await announce(tx, subject.letterId);
  });
}

/** The public numbers change too. */
async function announce(tx: Tx, letterId: string): Promise<void> {
  const { slug } = await tx.letter.findUniqueOrThrow({ where: { id: letterId }, select: { slug: true } });
  await announceChange(tx, letterTag(slug));
}
