import type { Tx } from "@/lib/db/client";
import { enqueueMails, type SignatureMessage } from "@/lib/mail/outbox";
import { mailLink } from "@/lib/signatures/confirmation-link";

/** A mail that failed, and whose signature or mailbox is locked. */
export type FailedMail = { message: string; signatureId: string | null; mailboxHash: string | null };

/** Queues mails again that could not be delivered. */
export async function queueAgain(tx: Tx, mails: FailedMail[], now: Date): Promise<void> {
  const ofSignatures = mails.flatMap(({ message, signatureId }) =>
    signatureId ? [{ message: message as SignatureMessage, signatureId }] : [],
  );
  const ids = await enqueueMails(
    tx,
    ofSignatures.map((mail) => ({ mail })),
  );
  // A proposal waits for the mail about it to leave: from now on for this one.
  await tx.$executeRaw`
    UPDATE proposal p SET mail_id = n.id
    FROM unnest(${ids}::uuid[], ${ofSignatures.map((mail) => mail.signatureId)}::uuid[],
      ${ofSignatures.map(({ message }) => message)}::text[]) AS n(id, signature_id, message)
      JOIN mail d ON d.signature_id = n.signature_id AND d.message = n.message AND d.state = 'FAILED'
    WHERE p.mail_id = d.id`;
  // The links of the mails that failed may have ended by now.
  for (const { mailboxHash } of mails) if (mailboxHash) await mailLink(tx, mailboxHash, now);
}
