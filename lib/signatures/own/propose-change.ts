import { v7 as uuid } from "uuid";
import { auditHead } from "@/lib/audit/audit-head";
import { writeAudit } from "@/lib/audit/write-audit";
import { bySignatory } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { enqueueMail } from "@/lib/mail/outbox";
import type { Correction } from "@/lib/signatures/correction";
import type { Subject } from "@/lib/signatures/engine/subject";
import { tryToNoteErasures } from "@/lib/signatures/erasure/note-erasures";
import { takeOwnMail } from "@/lib/signatures/mail-allowance";
import { lockOwn, type Own } from "@/lib/signatures/own/lock-own";
import { decryptProposed, encryptProposed, isSame, type Proposed } from "@/lib/signatures/own/proposal";
import { reveals } from "@/lib/signatures/own/rules";
import { type Gone, takeAway } from "@/lib/signatures/own/take-away";

/**
 * Proposes other fields to be shown of one's own signature. What was emptied goes at once. All else stays until a moderator has
 * approved it; the mailbox is told first, by a mail that leads to a button which stops it. A newer proposal takes an older one's
 * place, but goes on asking for a hidden name to be shown.
 * @returns whether something waits for a moderator now, or all of it is done
 * @throws DomainError `unchanged` where nothing would change, `invalid` for the fields of another kind, `conflict` where it
 * was rejected, `not-found`
 */
export async function proposeCorrection({
  correction,
  ...own
}: Own & { correction: Correction }): Promise<"proposed" | "removed"> {
  const done = await db.$transaction(async (tx) => {
    const whole = await lockChangeable(tx, own);
    if (whole.kind !== correction.kind) throw new DomainError("invalid");
    const taken = await takeAway(tx, whole, emptied(correction), "signature.remove-details", own.now);
    const left = await lockOwn(tx, own);
    const waiting = await waitingOf(tx, left);
    const proposed = { country: correction.country, fields: { ...left.fields, ...correction.fields } };
    const shows = left.visibility === "WITHHELD" && waiting?.shows === true;
    if (taken && isSame(proposed, waiting ?? left)) return "removed";
    const meant = shows ? waiting : left;
    if (!isSame(proposed, left) || !isSame(proposed, meant))
      await propose(tx, left, { ...proposed, shows }, "signature.propose", own.now);
    else if (!taken) throw new DomainError("unchanged");
    return "proposed";
  });
  await tryToNoteErasures();
  return done;
}

/** Of the fields of a correction those that hold nothing. */
const emptied = ({ fields }: Correction): Gone =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => !value));

/**
 * Asks for one's hidden name to be shown, in the same way, and as corrections that wait have it.
 * @throws DomainError `unchanged` where it is shown, and as above
 */
export async function proposeShowing(own: Own): Promise<void> {
  await db.$transaction(async (tx) => {
    const subject = await lockChangeable(tx, own);
    if (subject.visibility === "PUBLIC") throw new DomainError("unchanged");
    const { country, fields } = (await waitingOf(tx, subject)) ?? subject;
    await propose(tx, subject, { country, fields, shows: true }, "signature.ask-to-show", own.now);
  });
}

type Change = Proposed & { shows: boolean };

/** One that counts or waits, and whose mailbox can be told. */
async function lockChangeable(tx: Tx, own: Own): Promise<Subject> {
  const subject = await lockOwn(tx, own);
  const unreachable = await tx.signature.count({ where: { id: subject.id, address: null } });
  if (unreachable > 0 || (subject.state !== "VERIFIED" && subject.state !== "APPROVED"))
    throw new DomainError("conflict");
  return subject;
}

async function propose(
  tx: Tx,
  subject: Subject,
  { shows, ...proposed }: Change,
  action: "signature.propose" | "signature.ask-to-show",
  now: Date,
): Promise<void> {
  const contents = encryptProposed(subject.key, proposed);
  const { id: signatureId, letterId } = subject;
  const message = reveals(shows, subject, proposed) ? "show-proposed" : "change-proposed";
  const mailId = await tell(tx, signatureId, message, now);
  const row = { id: uuid(), signatureId, contents, shows, mailId, proposedAt: now };
  await tx.proposal.deleteMany({ where: { signatureId } });
  await tx.proposal.create({ data: row, select: { id: true } });
  await writeAudit(tx, { ...auditHead(bySignatory(now)), action, letterId, signatureId });
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
