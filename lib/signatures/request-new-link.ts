import { db, type Tx } from "@/lib/db/client";
import { addressHash } from "@/lib/signatures/claim";
import { takeSignatureMail } from "@/lib/signatures/mail-allowance";
import { queueConfirmation } from "@/lib/signatures/queue-confirmation";
import { openDataKey } from "@/lib/vault/keys";

const WAITING = { id: true, addressHash: true, key: { select: { wrapped: true } } } as const;

/**
 * Sends fresh links for the signatures that wait for this mailbox, within the mail limits. Does nothing for a mailbox
 * without any, and tells nobody which.
 * @param email as typed; any spelling of the same mailbox
 */
export async function requestNewLink({ email, now }: { email: string; now: Date }): Promise<void> {
  const waiting = await db.signature.findMany({
    where: { addressHash: addressHash(email), state: "PENDING", lapsesAt: { gt: now } },
    orderBy: { submittedAt: "desc" },
    select: WAITING,
  });
  for (const signature of waiting) await db.$transaction((tx) => sendLink(tx, signature, now));
}

type Waiting = { id: string; addressHash: string | null; key: { wrapped: string } | null };

async function sendLink(tx: Tx, signature: Waiting, now: Date): Promise<void> {
  if (!signature.key || !(await takeSignatureMail(tx, signature, now))) return;
  await queueConfirmation(tx, signature.id, openDataKey(signature.id, signature.key.wrapped), now);
}
