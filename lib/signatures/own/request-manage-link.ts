import { db, type Tx } from "@/lib/db/client";
import { enqueueMail } from "@/lib/mail/outbox";
import { addressHash } from "@/lib/signatures/claim";
import { lockSignatures } from "@/lib/signatures/engine/subject";
import { takeOwnMail } from "@/lib/signatures/mail-allowance";
import { CONFIRMED } from "@/lib/signatures/own/manage-link";

/** To how many spellings of one address a link is sent: each that signed gets its own. */
const MOST = 5;

/**
 * Has a link to one's own signatures sent to each spelling of an address that has confirmed one, and tells nobody which. One
 * that waits already serves for this one too.
 * @param email as typed; any spelling of the same mailbox
 */
export async function requestManageLink({ email, now }: { email: string; now: Date }): Promise<void> {
  const rows = await db.signature.findMany({
    where: { addressHash: addressHash(email), state: { in: [...CONFIRMED] }, key: { isNot: null } },
    orderBy: { submittedAt: "desc" },
    distinct: ["mailboxHash"],
    take: MOST,
    select: { id: true, mailboxHash: true },
  });
  for (const { id, mailboxHash } of rows) await db.$transaction((tx) => mailTo(tx, id, mailboxHash, now));
}

async function mailTo(tx: Tx, id: string, mailboxHash: string | null, now: Date): Promise<void> {
  await lockSignatures(tx, [id]);
  const of = mailboxHash ? { mailboxHash } : { id };
  const waiting = { message: "manage-link", state: "WAITING" as const, signature: of };
  if ((await tx.mail.count({ where: waiting })) > 0) return;
  const at = await takeOwnMail(tx, `own:${mailboxHash ?? id}`, now);
  await enqueueMail(tx, { message: "manage-link", signatureId: id }, { startAfter: at });
}
