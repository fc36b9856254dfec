import { v7 as uuid } from "uuid";
import { db } from "@/lib/db/client";
import type { NewMail } from "@/lib/mail/outbox";
import { queueConfirmation } from "@/lib/signatures/queue-confirmation";
import { openDataKey } from "@/lib/vault/keys";
import { open } from "@/lib/vault/seal";

export type QueuedMail = { id: string; message: string; signatureId: string | null; sealedToken?: string };

/** The mails that were queued and have no outcome yet, oldest first. */
export async function queuedMails(signatureId?: string): Promise<QueuedMail[]> {
  const rows = await db.mail.findMany({
    where: { state: "WAITING", ...(signatureId && { signatureId }) },
    orderBy: [{ queuedAt: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, message, signatureId: about, payload }) => ({
    id,
    message,
    signatureId: about,
    ...(payload as { sealedToken?: string } | null),
  }));
}

/** What a mail that waits is to say. */
export const newMail = ({ id: _, ...mail }: QueuedMail) => mail as NewMail;

/** How many mails limits hold. */
export const heldMails = (letterId?: string) =>
  db.mail.count({ where: { state: "HELD", ...(letterId && { signature: { letterId } }) } });

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
  const { count } = await db.mail.deleteMany({ where: { signatureId, state: "HELD" } });
  if (count === 0) return;
  const key = await db.signatureKey.findUniqueOrThrow({ where: { signatureId } });
  const mailing = { startAfter: new Date() };
  await db.$transaction((tx) =>
    queueConfirmation(tx, signatureId, openDataKey(signatureId, key.wrapped), mailing),
  );
}

/** Queues so many mails that somebody would await, and of which there is nothing to send. */
export async function queueEmptyMails(count: number): Promise<void> {
  const empty = { message: "confirm-signature", state: "WAITING", priority: 1 } as const;
  const now = new Date();
  await db.mail.createMany({
    data: Array.from({ length: count }, () => ({ ...empty, id: uuid(), queuedAt: now, notBefore: now })),
  });
}
