import { v7 as uuid } from "uuid";
import type { Tx } from "@/lib/db/client";
import { SECOND_CLICK_MS, SIGNATURE_PAUSE_MS } from "@/lib/rate-limit/limits";
import { addressHash } from "@/lib/signatures/claim";
import { type Counted, domainKeyOf, takeMails } from "@/lib/signatures/mail-allowance";
import { mailPauseEnd } from "@/lib/signatures/rules";

/** To whom a mail goes, and whether it is about a signing without the proof of work that was wanted. */
export type Recipient = { email: string; unproven: boolean };

/** By what a mail to a recipient is counted. @param networkHash of the signature, as `wide_network_hash` has it */
export function countedBy({ email, unproven }: Recipient, networkHash: string | null): Counted {
  const domainKey = domainKeyOf(email, unproven);
  return { addressHash: addressHash(email), domainKey, networkHash, unproven };
}

/**
 * Takes the right to mail about one signature now. Where a limit is against it, the mail is held and leaves by itself
 * when the limit allows (`releaseHeldMails`): there is nothing more to do. Unproven ones always wait for their turn.
 * Locks the signature, then what the mail is counted by: one signature in a transaction, or two could wait for each other.
 * @param recipient with the signature's address, in any spelling
 * @returns whether the mail leaves now; false where it is held, or where it has left just before
 */
export async function takeSignatureMail(
  tx: Tx,
  signatureId: string,
  recipient: Recipient,
  now: Date,
): Promise<boolean> {
  const [signature] = await tx.$queryRaw<Locked[]>`
    SELECT state::text, mail_paused_until AS "pausedUntil", wide_network_hash AS "networkHash",
      EXISTS (SELECT FROM mail h WHERE h.signature_id = s.id AND h.state = 'HELD') AS held
    FROM signature s WHERE id = ${signatureId}::uuid FOR UPDATE OF s`;
  if (!signature || isSecondClick(signature, now)) return false;
  const counted = countedBy(recipient, signature.networkHash);
  if (recipient.unproven || (await takeMails(tx, counted, now))) {
    await holdMail(tx, signatureId, counted, now);
    return false;
  }
  await noteMail(tx, signatureId, now);
  return true;
}

type Locked = { state: string; pausedUntil: Date; networkHash: string | null; held: boolean };

const isSecondClick = ({ state, pausedUntil, held }: Locked, now: Date) =>
  state === "PENDING" &&
  !held &&
  pausedUntil.getTime() - SIGNATURE_PAUSE_MS + SECOND_CLICK_MS > now.getTime();

/** Holds a mail. One that is held already stays in its place; with a proof it counts as a proven one. */
export async function holdMail(tx: Tx, signatureId: string, counted: Counted, now: Date): Promise<void> {
  const { addressHash: hash, domainKey, networkHash, unproven } = counted;
  await tx.$executeRaw`
    INSERT INTO mail AS h (id, message, signature_id, state, address_hash, domain_key, network_hash, unproven, queued_at, not_before)
    VALUES (${uuid()}::uuid, 'confirm-signature', ${signatureId}::uuid, 'HELD', ${hash}, ${domainKey}, ${networkHash},
      ${unproven}, ${now}, ${now})
    ON CONFLICT (signature_id) WHERE state = 'HELD' DO UPDATE
    SET unproven = false, domain_key = EXCLUDED.domain_key, not_before = EXCLUDED.not_before
    WHERE h.unproven AND NOT EXCLUDED.unproven`;
}

/** A mail about a signature leaves now: none is held any longer, and the next one comes ten minutes later. */
export async function noteMail(tx: Tx, signatureId: string, now: Date): Promise<void> {
  await tx.mail.deleteMany({ where: { signatureId, state: "HELD" } });
  const mailPausedUntil = mailPauseEnd(now);
  await tx.signature.update({ where: { id: signatureId }, data: { mailPausedUntil }, select: { id: true } });
}
