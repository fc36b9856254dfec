import { v7 as uuid } from "uuid";
import { db } from "@/lib/db/client";
import { queueConfirmation } from "@/lib/signatures/queue-confirmation";
import { openDataKey } from "@/lib/vault/keys";
import { open } from "@/lib/vault/seal";

export type QueuedMail = { message: string; signatureId: string; sealedToken?: string };

/** The mails that wait in the queue, oldest first. */
export async function queuedMails(signatureId?: string): Promise<QueuedMail[]> {
  const jobs = await db.$queryRaw<
    { data: QueuedMail }[]
  >`SELECT data FROM pgboss.job WHERE name = 'mail' ORDER BY created_on, id`;
  const mails = jobs.map(({ data }) => data);
  return signatureId ? mails.filter((mail) => mail.signatureId === signatureId) : mails;
}

/** The token of the newest confirmation link that waits to be mailed for a signature, also where a limit holds it. */
export async function queuedToken(signatureId: string): Promise<string> {
  await queueHeld(signatureId);
  const mail = (await queuedMails(signatureId))
    .filter(({ message }) => message === "confirm-signature")
    .at(-1);
  const key = await db.signatureKey.findUniqueOrThrow({ where: { signatureId } });
  return open(openDataKey(signatureId, key.wrapped), "mail.token", mail?.sealedToken ?? "");
}

/** Queues a mail that is held, as if the limits allowed it by now. */
async function queueHeld(signatureId: string): Promise<void> {
  const { count } = await db.heldMail.deleteMany({ where: { signatureId } });
  if (count === 0) return;
  const key = await db.signatureKey.findUniqueOrThrow({ where: { signatureId } });
  const mailing = { startAfter: new Date() };
  await db.$transaction((tx) =>
    queueConfirmation(tx, signatureId, openDataKey(signatureId, key.wrapped), mailing),
  );
}

/** Queues so many mails that somebody would await, and of which there is nothing to send. */
export async function queueEmptyMails(count: number): Promise<void> {
  const mail: QueuedMail = { message: "confirm-signature", signatureId: uuid(), sealedToken: "" };
  await db.$executeRaw`
    INSERT INTO pgboss.job (name, priority, data) SELECT 'mail', 1, ${mail}::jsonb FROM generate_series(1, ${count}::int)`;
}
