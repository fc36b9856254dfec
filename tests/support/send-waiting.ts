import { db } from "@/lib/db/client";
import { enqueueMail, type NewMail } from "@/lib/mail/outbox";
import { mailTurn } from "@/lib/mail/sending/turn";

/**
 * Sends some mails of the outbox in one turn, as if no other were due and the provider might be called.
 * @returns what is recorded of them; nothing of one that had nothing to say
 */
export async function sendWaiting(
  ids: string[],
  now: Date,
  report: (line: string) => void = () => undefined,
) {
  await db.$executeRaw`
    UPDATE mail SET not_before = CASE WHEN id = ANY(${ids}::uuid[]) THEN now() ELSE now() + interval '1 year' END
    WHERE state = 'WAITING'`;
  await db.$executeRaw`UPDATE mail_gate SET next_at = now() - interval '1 s', open_until = NULL`;
  await mailTurn({ now: () => now, report });
  return db.mail.findMany({ where: { id: { in: ids } }, orderBy: { id: "asc" } });
}

/** Queues a mail and sends it. */
export async function sendMail(mail: NewMail, now: Date) {
  const id = await db.$transaction((tx) => enqueueMail(tx, mail));
  return (await sendWaiting([id], now))[0];
}
