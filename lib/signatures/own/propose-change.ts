import { v7 as uuid } from "uuid";
import { auditHead } from "@/lib/audit/audit-head";
import { writeAudit } from "@/lib/audit/write-audit";
import { bySignatory } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { enqueueMail } from "@/lib/mail/outbox";
import type { Correction } from "@/lib/signatures/correction";
import type { Subject } from "@/lib/signatures/engine/subject";
import { takeOwnMail } from "@/lib/signatures/mail-allowance";
import { lockOwn, type Own } from "@/lib/signatures/own/lock-own";
import { decryptProposed, encryptProposed, isSame, type Proposed } from "@/lib/signatures/own/proposal";
import { reveals } from "@/lib/signatures/own/rules";

/**
 * Proposes other fields to be shown of one's own signature. What is shown stays until a moderator has approved them; the
 * mailbox is told first, by a mail that leads to a button which stops it. A newer proposal takes an older one's place,
 * but goes on asking for a hidden name to be shown.
 * @throws DomainError `unchanged` where nothing would change, `invalid` for the fields of another kind, `conflict` where it
 * was rejected, `not-found`
 */
export async function proposeCorrection({
  correction,
  ...own
}: Own & { correction: Correction }): Promise<void> {
  await propose(own, "signature.propose", (subject, waiting) => {
    if (subject.kind !== correction.kind) throw new DomainError("invalid");
    const { fields } = subject;
    const proposed = { country: correction.country, fields: { ...fields, ...correction.fields } };
    const shows = subject.visibility === "WITHHELD" && waiting?.shows === true;
    const meant = shows ? waiting : subject;
    if (isSame(proposed, subject) && isSame(proposed, meant)) throw new DomainError("unchanged");
    return { ...proposed, shows };
  });
}

/**
 * Asks for one's hidden name to be shown, in the same way, and as corrections that wait have it.
 * @throws DomainError `unchanged` where it is shown, and as above
 */
export async function proposeShowing(own: Own): Promise<void> {
  await propose(own, "signature.ask-to-show", (subject, waiting) => {
    if (subject.visibility === "PUBLIC") throw new DomainError("unchanged");
    const { country, fields } = waiting ?? subject;
    return { country, fields, shows: true };
  });
}

type Change = Proposed & { shows: boolean };

async function propose(
  own: Own,
  action: "signature.propose" | "signature.ask-to-show",
  decide: (subject: Subject, waiting: Change | null) => Change,
): Promise<void> {
  const { now } = own;
  await db.$transaction(async (tx) => {
    const subject = await lockOwn(tx, own);
    const unreachable = await tx.signature.count({ where: { id: subject.id, address: null } });
    if (unreachable > 0 || (subject.state !== "VERIFIED" && subject.state !== "APPROVED"))
      throw new DomainError("conflict");
    const { shows, ...proposed } = decide(subject, await waitingOf(tx, subject));
    const contents = encryptProposed(subject.key, proposed);
    const { id: signatureId, letterId } = subject;
    const message = reveals(shows, subject, proposed) ? "show-proposed" : "change-proposed";
    const mailId = await tell(tx, signatureId, message, now);
    const row = { id: uuid(), signatureId, contents, shows, mailId, proposedAt: now };
    await tx.proposal.deleteMany({ where: { signatureId } });
    await tx.proposal.create({ data: row, select: { id: true } });
    await writeAudit(tx, { ...auditHead(bySignatory(now)), action, letterId, signatureId });
  });
}

async function waitingOf(tx: Tx, { id: signatureId, key }: Subject): Promise<Change | null> {
  const where = { signatureId, state: "WAITING" as const };
  const row = await tx.proposal.findFirst({ where, select: { contents: true, shows: true } });
  return row && { ...decryptProposed(key, row.contents), shows: row.shows };
}

/** One mail that waits serves for a newer proposal too, where it says the same. */
async function tell(
  tx: Tx,
  signatureId: string,
  message: "change-proposed" | "show-proposed",
  now: Date,
): Promise<string> {
  const where = {
    signatureId,
    message: { in: ["change-proposed", "show-proposed"] },
    state: "WAITING" as const,
    batchId: null,
  };
  const waiting = await tx.mail.findFirst({ where, select: { id: true, message: true, notBefore: true } });
  if (waiting?.message === message) return waiting.id;
  await tx.mail.deleteMany({ where });
  const startAfter = waiting?.notBefore ?? (await takeOwnMail(tx, `change:${signatureId}`, now));
  return enqueueMail(tx, { message, signatureId }, { startAfter });
}
