import type { Tx } from "@/lib/db/client";
import { SECOND_CLICK_MS, SIGNATURE_PAUSE_MS } from "@/lib/rate-limit/limits";
import { addressHash } from "@/lib/signatures/claim";
import { type Counted, domainKeyOf, takeMails } from "@/lib/signatures/mail-allowance";
import { mailPauseEnd } from "@/lib/signatures/rules";
import { Prisma } from "@/prisma/generated/client";

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
 * @returns when the mail leaves, which is now; null where it is held, or where it has left just before
 */
export async function takeSignatureMail(
  tx: Tx,
  signatureId: string,
  recipient: Recipient,
  now: Date,
): Promise<Date | null> {
  const [signature] = await tx.$queryRaw<Locked[]>`
    SELECT state::text, mail_paused_until AS "pausedUntil", wide_network_hash AS "networkHash",
      EXISTS (SELECT FROM held_mail h WHERE h.signature_id = s.id) AS held
    FROM signature s WHERE id = ${signatureId}::uuid FOR UPDATE OF s`;
  if (!signature || isSecondClick(signature, now)) return null;
  const counted = countedBy(recipient, signature.networkHash);
  if (recipient.unproven || (await takeMails(tx, counted, now))) {
    await tx.$executeRaw(holdInsert(signatureId, counted, now));
    return null;
  }
  await tx.heldMail.deleteMany({ where: { signatureId } });
  const mailPausedUntil = mailPauseEnd(now);
  await tx.signature.update({ where: { id: signatureId }, data: { mailPausedUntil }, select: { id: true } });
  return now;
}

type Locked = { state: string; pausedUntil: Date; networkHash: string | null; held: boolean };

const isSecondClick = ({ state, pausedUntil, held }: Locked, now: Date) =>
  state === "PENDING" &&
  !held &&
  pausedUntil.getTime() - SIGNATURE_PAUSE_MS + SECOND_CLICK_MS > now.getTime();

/**
 * The statement that holds a mail. One that is held already stays in its place; with a proof it counts as a proven one.
 * @param from rows without which nothing is held
 */
export function holdInsert(
  signatureId: string,
  { addressHash: hash, domainKey, networkHash, unproven }: Counted,
  now: Date,
  from: Prisma.Sql = Prisma.empty,
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO held_mail AS h (signature_id, address_hash, domain_key, network_hash, unproven, held_at, next_at)
    SELECT ${signatureId}::uuid, ${hash}, ${domainKey}, ${networkHash}, ${unproven}, ${now}::timestamptz,
      ${now}::timestamptz ${from}
    ON CONFLICT (signature_id) DO UPDATE
    SET unproven = false, domain_key = EXCLUDED.domain_key, next_at = EXCLUDED.next_at
    WHERE h.unproven AND NOT EXCLUDED.unproven`;
}
