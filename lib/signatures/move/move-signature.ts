import type { Context } from "@/lib/auth/context";
import type { Tx } from "@/lib/db/client";
import { encrypt } from "@/lib/encryption/encrypt";
import { DomainError } from "@/lib/errors";
import { encryptAddressee } from "@/lib/mail/addressee";
import { enqueueMail } from "@/lib/mail/outbox";
import { flagSignature } from "@/lib/moderation/flags/flag-signature";
import { addressHash, claimOf, domainHash, mailboxHash, spellingHash } from "@/lib/signatures/claim";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import type { Subject } from "@/lib/signatures/engine/subject";
import { lockAddress } from "@/lib/signatures/mail-allowance";
import { leaveLinks } from "@/lib/signatures/own/manage-link";
import { isTaken } from "@/lib/signatures/places";

/** What is said about a move while it waits. */
export const MOVE_MAILS = ["address-asked", "address-confirm"] as const;

/**
 * Has a signature belong to another mailbox, with its place on the letter. Links mailed to the old one lead to it no longer,
 * and that one is told. What was asked to be shown ends: the old mailbox can stop it no longer.
 * @param subject locked
 * @throws DomainError `already-signed` where the new mailbox has no place left on the letter
 */
export async function moveSignature(tx: Tx, subject: Subject, to: string, context: Context): Promise<void> {
  const { id, letterId, kind, key, typedName: name } = subject;
  const row = await tx.signature.findUniqueOrThrow({ where: { id }, select: { mailboxHash: true } });
  const left = await encryptAddressee(tx, subject);
  const from = addressHash(subject.email);
  for (const hash of [...new Set([from, addressHash(to)])].sort()) await lockAddress(tx, hash);
  const others = from !== addressHash(to);
  if (others && (await isTaken(tx, { letterId, email: to, kind, name })))
    throw new DomainError("already-signed");
  const claim = claimOf(letterId, to, kind, name);
  await applyChange(tx, { subject, action: "signature.move", after: {}, claim }, context);
  await leaveLinks(tx, [id]);
  await tx.signature.update({
    where: { id },
    data: {
      address: encrypt(key, "signature.address", to),
      addressHash: addressHash(to),
      spellingHash: spellingHash(to),
      mailboxHash: mailboxHash(to),
      domainHash: domainHash(to),
      movedAt: context.now,
    },
    select: { id: true },
  });
  if (subject.state === "VERIFIED") await flagSignature(tx, id);
  await tx.addressMove.deleteMany({ where: { signatureId: id } });
  await tx.proposal.deleteMany({ where: { signatureId: id } });
  await passMailsOn(tx, id, spellingHash(to));
  await leaveMailbox(tx, row.mailboxHash);
  if (left) await enqueueMail(tx, { message: "address-moved", encryptedAddressee: left });
}

/** What has not been written yet goes to the new address; what was about the move has nothing to say any more. */
async function passMailsOn(tx: Tx, signatureId: string, recipient: string): Promise<void> {
  const waiting = { signatureId, state: "WAITING" as const, batchId: null };
  const about = { in: [...MOVE_MAILS, "change-proposed", "show-proposed"] };
  await tx.mail.deleteMany({ where: { ...waiting, message: about } });
  await tx.mail.updateMany({ where: waiting, data: { recipient } });
}

/** With its last entry a mailbox is forgotten. */
async function leaveMailbox(tx: Tx, hash: string | null): Promise<void> {
  if (!hash || (await tx.signature.count({ where: { mailboxHash: hash } })) > 0) return;
  await tx.mail.deleteMany({ where: { mailboxHash: hash, state: "WAITING", batchId: null } });
  await tx.confirmationLink.deleteMany({ where: { mailboxHash: hash } });
  await tx.mailbox.deleteMany({ where: { hash } });
}
