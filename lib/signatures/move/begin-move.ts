import { v7 as uuid } from "uuid";
import { writeAudit } from "@/lib/audit/write-audit";
import { bySignatory, type Context } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { encrypt } from "@/lib/encryption/encrypt";
import { createToken } from "@/lib/encryption/tokens";
import { DomainError } from "@/lib/errors";
import { spelledAddress } from "@/lib/fields/addresses/rules";
import { enqueueMail } from "@/lib/mail/outbox";
import { mailboxHash } from "@/lib/signatures/claim";
import { linesHead } from "@/lib/signatures/engine/audit-line";
import type { Subject } from "@/lib/signatures/engine/subject";
import { takeOwnMail } from "@/lib/signatures/mail-allowance";
import { lockOwn, type Own } from "@/lib/signatures/own/lock-own";

/**
 * Asks for one's own signature to belong to another address. The new mailbox gets a link to confirm it, the old one is told.
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
  const { token, hash } = createToken();
  await tx.addressMove.deleteMany({ where: { signatureId } });
  await tx.addressMove.create({
    data: {
      ...{ id: uuid(), signatureId, tokenHash: hash, askedAt: now },
      address: encrypt(key, "move.address", email),
      adminId: actor.kind === "administrator" ? actor.id : null,
    },
    select: { id: true },
  });
  const line = { ...linesHead(context), action: ASK, letterId, signatureId };
  await writeAudit(tx, line);
  const encryptedToken = encrypt(key, "mail.token", token);
  await enqueueMail(
    tx,
    { message: "address-confirm", signatureId, encryptedToken },
    { startAfter: await takeOwnMail(tx, `move:${mailboxHash(email)}`, now) },
  );
  await enqueueMail(tx, { message: "address-asked", signatureId });
}
