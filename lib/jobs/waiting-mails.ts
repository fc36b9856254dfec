import { db } from "@/lib/db/client";
import type { MailJob } from "@/lib/jobs/queue";
import { MAIL_QUEUE } from "@/lib/jobs/queues";
import { Prisma } from "@/prisma/generated/client";

/**
 * A mail in the queue. It stays there untouched until its outcome is recorded: whoever has the provider's turn sends
 * it, so that no claim on it is needed, none is lost with a worker, and its place in the order remains.
 */
export type WaitingMail = { id: string; mail: MailJob; queuedAt: Date };

/** The mails that are due: awaited ones first, then by age. */
export function dueMails(limit: number): Promise<WaitingMail[]> {
  return waiting(Prisma.sql`
    start_after <= pgboss.job_now() ORDER BY priority DESC, created_on, id LIMIT ${limit}`);
}

/** Those of some mails that still wait, in the order of the ids. */
export async function waitingMails(ids: string[]): Promise<WaitingMail[]> {
  const found = await waiting(Prisma.sql`id = ANY(${ids}::uuid[])`);
  const byId = new Map(found.map((mail) => [mail.id, mail]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The mails that were queued before a time and wait still. */
export function mailsQueuedBefore(time: Date, limit: number): Promise<WaitingMail[]> {
  return waiting(Prisma.sql`created_on < ${time} ORDER BY created_on, id LIMIT ${limit}`);
}

function waiting(which: Prisma.Sql): Promise<WaitingMail[]> {
  return db.$queryRaw<WaitingMail[]>`
    SELECT id::text, data AS mail, created_on AS "queuedAt" FROM pgboss.job
    WHERE name = ${MAIL_QUEUE} AND state < 'active' AND ${which}`;
}
