import type { Tx } from "@/lib/db/client";
import { enqueueMail, insertHeld } from "@/lib/mail/outbox";
import { addressHash, mailboxHash } from "@/lib/signatures/claim";
import { mailLink } from "@/lib/signatures/confirmation-link";
import { type Counted, domainKeyOf, takeMails } from "@/lib/signatures/mail-allowance";

export type Asking = {
  email: string;
  /** The network it came from, as `wide_network_hash` has it. */
  networkHash: string | null;
  /** Whether a proof of work was wanted and did not come; whether one came, wanted or not. */
  unchecked: boolean;
  checked: boolean;
  /** A confirmed signature that it repeats: the mail says how that one stands. Else it leads to all that waits. */
  standing?: string;
};

/**
 * Mails a mailbox, or holds the mail where a limit is against it: one at most waits for each mailbox, however often it is
 * asked for, and leaves by itself (`releaseHeldMails`). Unchecked ones always wait for their turn.
 */
export async function askForMail(tx: Tx, asking: Asking, now: Date): Promise<void> {
  const { email, standing } = asking;
  const counted = countedBy(asking);
  if (asking.unchecked || (await takeMails(tx, counted, now))) return holdMail(tx, asking, now);
  if (standing) await enqueueMail(tx, { message: "signature-standing", signatureId: standing });
  else {
    await mailLink(tx, mailboxHash(email), now);
    await forgetHeld(tx, counted.addressHash, mailboxHash(email));
  }
}

/** A mail that leaves now serves for one that is held too, unless that one has more to say or to whom. */
async function forgetHeld(tx: Tx, address: string, mailbox: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM mail WHERE state = 'HELD' AND address_hash = ${address}
      AND COALESCE(jsonb_array_length(payload->'standing'), 0) = 0
      AND NOT EXISTS (
        SELECT FROM signature WHERE address_hash = ${address} AND state = 'PENDING' AND mailbox_hash <> ${mailbox})`;
}

/** Holds a mail for a mailbox. One that is held already serves for this one too. */
export async function holdMail(tx: Tx, asking: Asking, now: Date): Promise<void> {
  const { standing } = asking;
  await insertHeld(tx, { ...countedBy(asking), standing: standing ? [standing] : [] }, now);
}

const countedBy = ({ email, networkHash, unchecked, checked }: Asking): Counted => ({
  addressHash: addressHash(email),
  domainKey: domainKeyOf(email, unchecked),
  networkHash,
  unchecked,
  checked,
});
