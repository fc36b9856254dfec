import { bySignatory, bySystem } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { hashToken } from "@/lib/encryption/tokens";
import { DomainError } from "@/lib/errors";
import { enqueueMail } from "@/lib/mail/outbox";
import { openContents, wordsHash } from "@/lib/objections/contents";
import { isAtOwnDomain } from "@/lib/objections/own-domain";
import { answerTime, linkEnds, MOST_TOLD } from "@/lib/objections/rules";
import { addressHash, spellingHash } from "@/lib/signatures/claim";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import { lockSubjects, type Subject } from "@/lib/signatures/engine/subject";

/**
 * Confirms an objection from its mailbox: it waits for a moderator. The name is hidden at once only where it
 * comes from the entry's own mailbox, or one at its organisation's domain, and no moderator has kept the
 * entry before. The signatory is told once, without the objector's words.
 * @param words of the words that its mailbox has read: a stranger may have sent others in its name meanwhile
 * @throws DomainError `not-found` for an unknown link or one that is over, `stale` where the words are others
 */
export async function confirmObjection(token: string, words: string, now: Date): Promise<void> {
  const tokenHash = hashToken(token);
  const found = await db.objection.findUnique({ where: { tokenHash }, select: { signatureId: true } });
  if (!found) throw new DomainError("not-found");
  await db.$transaction(async (tx) => {
    const [subject] = await lockSubjects(tx, [found.signatureId]);
    const row = await tx.objection.findUnique({ where: { tokenHash } });
    const opened = row && openContents(row);
    if (!row || linkEnds(row) <= now || !opened || !subject) throw new DomainError("not-found");
    if (row.state !== "UNCONFIRMED") return;
    if (words !== wordsHash(opened)) throw new DomainError("stale");
    const gone = subject.state !== "APPROVED" || subject.erased;
    const own = !gone && (await isOwn(tx, subject, opened.email));
    const state = gone ? "GONE" : "OPEN";
    const told = state === "OPEN" && (await mayTell(tx, subject, opened.email, now));
    await tx.objection.update({
      where: { id: row.id },
      data: {
        ...{ state, own, confirmedAt: now, toldAt: told ? now : null },
        ...(gone && { decidedAt: now, answerAt: answerTime(now, false, now) }),
      },
      select: { id: true },
    });
    if (gone) {
      const mail = { message: "objection-decided" as const, objectionId: row.id };
      await enqueueMail(tx, mail, { startAfter: answerTime(now, false, now) });
    }
    // A colleague's mailbox at the same domain is not the signatory's.
    const self = own && (await isOwnMailbox(tx, subject, opened.email));
    const context = self ? bySignatory(now) : bySystem(now);
    if (own) await applyChange(tx, { subject, action: "signature.object", after: {} }, context);
    if (told) await enqueueMail(tx, { message: "signature-objected", signatureId: subject.id });
  });
}

async function isOwn(tx: Tx, subject: Subject, email: string): Promise<boolean> {
  const kept = await tx.objection.count({ where: { signatureId: subject.id, state: "KEPT" } });
  if (kept > 0) return false;
  if (await isOwnMailbox(tx, subject, email)) return true;
  return subject.kind === "ORGANISATION" && isAtOwnDomain(email, subject.fields.website);
}

async function isOwnMailbox(tx: Tx, { id }: Subject, email: string): Promise<boolean> {
  const OR = [{ addressHash: addressHash(email) }, { spellingHash: spellingHash(email) }];
  return (await tx.signature.count({ where: { id, OR } })) > 0;
}

/** Once for each entry, and of one letter only so many in a day: a thousand objections are no way to email everybody. */
async function mayTell(tx: Tx, subject: Subject, email: string, now: Date): Promise<boolean> {
  if (await isOwnMailbox(tx, subject, email)) return false;
  const { id: signatureId, letterId } = subject;
  if ((await tx.objection.count({ where: { signatureId, toldAt: { not: null } } })) > 0) return false;
  // Two who confirm at once would both be the twentieth.
  await tx.$queryRaw`SELECT 1 FROM letter WHERE id = ${letterId}::uuid FOR NO KEY UPDATE`;
  const since = new Date(now.getTime() - 86_400_000);
  return (await tx.objection.count({ where: { letterId, toldAt: { gt: since } } })) < MOST_TOLD;
}
