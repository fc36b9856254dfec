import { db } from "@/lib/db/client";
import type { NewMail } from "@/lib/mail/outbox";
import { Prisma } from "@/prisma/generated/client";

/**
 * A mail in the outbox. It stays there untouched until its outcome is recorded: the worker that has the provider's turn sends it,
 * so that no claim on it is needed, none is lost with a worker, and its place in the order remains.
 */
export type WaitingMail = {
  id: string;
  mail: NewMail;
  queuedAt: Date;
  /** The call that it was last in. */
  batchId: string | null;
  /** Its place in that call; null where the call was for this mail alone. */
  place: number | null;
  /** When the first call with it began whose answer never came: nobody knows whether it was sent. */
  unheardAt: Date | null;
  /** What the provider got of it, encrypted. */
  rendered: string | null;
};

/** The mails that are due: awaited ones first, then by age. */
export const dueMails = (limit: number) =>
  waiting(Prisma.sql`not_before <= now() ORDER BY priority DESC, queued_at, id LIMIT ${limit}`);

/** What is left of a call that was tried, in its order. None of its mails may go out in another. */
export const mailsOfCall = (batchId: string) =>
  waiting(Prisma.sql`batch_id = ${batchId}::uuid ORDER BY place`);

export const mailsQueuedBefore = (time: Date, limit: number) =>
  waiting(Prisma.sql`queued_at < ${time} ORDER BY queued_at, id LIMIT ${limit}`);

const waiting = (which: Prisma.Sql) => db.$queryRaw<WaitingMail[]>`
  SELECT id::text, queued_at AS "queuedAt", batch_id::text AS "batchId", place, unheard_at AS "unheardAt", rendered,
    jsonb_build_object('message', message, 'signatureId', signature_id, 'mailboxHash', mailbox_hash) || COALESCE(payload, '{}') AS mail
  FROM mail WHERE state = 'WAITING' AND ${which}`;
