import { db, type Tx } from "@/lib/db/client";
import { suppressAddress } from "@/lib/deliveries/suppress-address";
import { closeBatch } from "@/lib/jobs/mail-batches";
import { completeMails, deferMail, type MailJob } from "@/lib/jobs/queue";
import type { WaitingMail } from "@/lib/jobs/waiting-mails";
import { deliveryDeadline, mailDeferral } from "@/lib/mail/rules";
import type { Prisma } from "@/prisma/generated/client";

/** What became of a waiting mail. Codes are short and name nobody. */
export type Outcome =
  | { is: "sent"; providerId: string | null }
  | { is: "nothing" }
  | { is: "failed"; code: string; bounced?: boolean }
  /** Not now; a mail that has been tried for too long has failed. */
  | { is: "later"; code: string };

export type Settled = { mail: WaitingMail } & Outcome;

/**
 * Records what became of mails and takes them out of the queue, in one transaction: no mail leaves the queue without
 * its outcome.
 * @param batchId of the call, which is over; null where there was none
 */
export async function settleMails(mails: Settled[], batchId: string | null, now: Date): Promise<void> {
  const settled = mails.map((one) => (one.is === "later" && isTooOld(one.mail, now) ? failed(one) : one));
  await db.$transaction(async (tx) => {
    await record(tx, settled, now);
    await completeMails(
      tx,
      settled.filter(({ is }) => is !== "later").map(({ mail }) => mail.id),
    );
    for (const { is, mail } of settled) {
      if (is === "later") await deferMail(tx, mail.id, mailDeferral(mail.queuedAt, now, Math.random()));
    }
    if (batchId) await closeBatch(tx, batchId);
  });
}

const isTooOld = ({ queuedAt }: WaitingMail, now: Date) => queuedAt < deliveryDeadline(now);
const failed = ({ mail, code }: { mail: WaitingMail; code: string }): Settled => ({
  mail,
  is: "failed",
  code,
});

async function record(tx: Tx, mails: Settled[], at: Date): Promise<void> {
  const rows = mails.flatMap((one) => rowOf(one, at) ?? []);
  // An outcome may follow a failure of the same mail, never a mail that was sent.
  await tx.delivery.deleteMany({ where: { id: { in: rows.map(({ id }) => id) }, status: "FAILED" } });
  await tx.delivery.createMany({ data: rows, skipDuplicates: true });
  for (const one of mails) {
    const { signatureId } = about(one.mail);
    if (one.is === "failed" && one.bounced && signatureId)
      await suppressAddress(tx, signatureId, "BOUNCED", at);
  }
}

function rowOf(one: Settled, at: Date): Prisma.DeliveryCreateManyInput | null {
  if (one.is === "sent") return { ...about(one.mail), status: "SENT", providerId: one.providerId, at };
  return one.is === "failed" ? { ...about(one.mail), ...failure(one.mail.mail, one.code), at } : null;
}

const about = ({ id, mail }: WaitingMail) => ({
  id,
  message: mail.message,
  signatureId: "signatureId" in mail ? mail.signatureId : null,
});

/** Kept so that an administrator can have it sent again; not a link to sign in, which is over by then. */
const failure = (mail: MailJob, error: string) => ({
  status: "FAILED" as const,
  error,
  ...(mail.message === "admin-sign-in" ? {} : { job: mail }),
});
