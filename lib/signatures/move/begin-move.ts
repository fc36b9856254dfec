import { v7 as uuid } from "uuid";
import { auditHead } from "@/lib/audit/audit-head";
import { writeAudit } from "@/lib/audit/write-audit";
import { bySignatory, type Context } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { decrypt, encrypt } from "@/lib/encryption/encrypt";
import { createToken } from "@/lib/encryption/tokens";
import { DomainError } from "@/lib/errors";
import { spelledAddress } from "@/lib/fields/addresses/rules";
import { enqueueMail } from "@/lib/mail/outbox";
import { addressHash } from "@/lib/signatures/claim";
import type { Subject } from "@/lib/signatures/engine/subject";
import { takeOwnMail } from "@/lib/signatures/mail-allowance";
import { MOVE_MAILS } from "@/lib/signatures/move/move-signature";
import { lockOwn, type Own } from "@/lib/signatures/own/lock-own";

/**
 * Asks for one's own signature to belong to another address. Both mailboxes get a link: the new one to confirm it, the old one to
 * agree or to stop it.
 * @throws DomainError `unchanged` for the address that it has, `too-many` for more than three in a day, `not-found`
 */
export async function askToMove({ email, ...own }: Own & { email: string }): Promise<void> {
  await db.$transaction(async (tx) => {
    const subject = await lockOwn(tx, own);
    await assertSeldom(tx, subject.id, own.now);
    await beginMove(tx, subject, email, bySignatory(own.now));
  });
}

const ASK = "signature.ask-to-move";
const MOST_ASKED = 3;

/** Whoever has the link could have us email any number of strangers, and its owner each time. */
async function assertSeldom(tx: Tx, signatureId: string, now: Date): Promise<void> {
  const since = new Date(now.getTime() - 86_400_000);
  const asked = { signatureId, action: ASK, actor: "SIGNATORY" as const, at: { gt: since } };
  if ((await tx.auditEntry.count({ where: asked })) >= MOST_ASKED) throw new DomainError("too-many");
}

/** Begins a move in the caller's transaction; a newer one takes an older one's place. @param subject locked */
export async function beginMove(tx: Tx, subject: Subject, email: string, context: Context): Promise<void> {
  const { actor, now } = context;
  const { id: signatureId, letterId, key } = subject;
  // Of a letter that closed long ago only the record is left: nothing that could be told of a move.
  if ((await tx.signature.count({ where: { id: signatureId, address: null } })) > 0)
    throw new DomainError("conflict");
  if (spelledAddress(email) === spelledAddress(subject.email)) throw new DomainError("unchanged");
  const [fresh, old] = [createToken(), createToken()];
  const slots = await mailTimes(tx, subject, email, now);
  await tx.addressMove.deleteMany({ where: { signatureId } });
  await tx.addressMove.create({
    data: {
      ...{ id: uuid(), signatureId, tokenHash: fresh.hash, oldTokenHash: old.hash, askedAt: now },
      address: encrypt(key, "move.address", email),
      adminId: actor.kind === "administrator" ? actor.id : null,
    },
    select: { id: true },
  });
  const line = { ...auditHead(context), action: ASK, letterId, signatureId };
  await writeAudit(tx, line);
  for (const [message, { token }] of [
    ["address-confirm", fresh],
    ["address-asked", old],
  ] as const) {
    const encryptedToken = encrypt(key, "mail.token", token);
    await enqueueMail(tx, { message, signatureId, encryptedToken }, { startAfter: slots[message] });
  }
}

/**
 * When the mails about a move may leave: the old mailbox's by what its signature has caused before, the new
 * one's also by what that mailbox has got in any spelling. Mails of an older move that still wait have
 * nothing to say; the newer ones take their place.
 */
async function mailTimes(tx: Tx, { id: signatureId, key }: Subject, email: string, now: Date) {
  const older = await tx.addressMove.findUnique({ where: { signatureId }, select: { address: true } });
  const same = older && addressHash(decrypt(key, "move.address", older.address)) === addressHash(email);
  const where = { signatureId, message: { in: [...MOVE_MAILS] }, state: "WAITING" as const, batchId: null };
  const waiting = await tx.mail.findMany({ where, select: { message: true, notBefore: true } });
  await tx.mail.deleteMany({ where });
  const placeOf = (message: (typeof MOVE_MAILS)[number]) =>
    waiting.find((mail) => mail.message === message)?.notBefore;
  const own = placeOf("address-asked") ?? (await takeOwnMail(tx, `moves:${signatureId}`, now));
  const kept = same ? placeOf("address-confirm") : null;
  const theirs = kept ?? (await takeOwnMail(tx, `move:${addressHash(email)}`, now));
  return { "address-asked": own, "address-confirm": new Date(Math.max(own.getTime(), theirs.getTime())) };
}
