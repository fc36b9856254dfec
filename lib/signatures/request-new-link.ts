import { isBlocked } from "@/lib/blocking/cached";
import { db, type Tx } from "@/lib/db/client";
import { MAIL_LIMITS } from "@/lib/rate-limit/limits";
import { addressHash } from "@/lib/signatures/claim";
import { takeSignatureMail } from "@/lib/signatures/mail-allowance";
import { queueConfirmation } from "@/lib/signatures/queue-confirmation";
import { openDataKey } from "@/lib/vault/keys";

const WAITING = { id: true, unproven: true, key: { select: { wrapped: true } } } as const;

/**
 * Sends fresh links for the signatures that wait for this mailbox, within the mail limits. Does nothing for a mailbox
 * without any, and for one that the block list names, and tells nobody which.
 * @param email as typed; any spelling of the same mailbox
 */
export async function requestNewLink({ email, now }: { email: string; now: Date }): Promise<void> {
  const waiting = await db.signature.findMany({
    where: { addressHash: addressHash(email), state: "PENDING", lapsesAt: { gt: now } },
    orderBy: { submittedAt: "desc" },
    select: WAITING,
    // More than the address may get in a day would only take longer.
    take: MAIL_LIMITS.address.count,
  });
  const block = await isBlocked({ email, network: null });
  if (block) return;
  for (const signature of waiting) await db.$transaction((tx) => sendLink(tx, signature, email, now));
}

type Waiting = { id: string; unproven: boolean; key: { wrapped: string } | null };

async function sendLink(tx: Tx, { id, unproven, key }: Waiting, email: string, now: Date): Promise<void> {
  const mailAt = key && (await takeSignatureMail(tx, id, { email, unproven }, now));
  if (mailAt) await queueConfirmation(tx, id, openDataKey(id, key.wrapped), { startAfter: mailAt, unproven });
}
