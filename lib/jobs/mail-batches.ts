import { v7 as uuid } from "uuid";
import { db, type Tx } from "@/lib/db/client";
import type { Turn } from "@/lib/jobs/mail-gate";

/** The mails of one call, in its order. The id is the call's key; a mail that is called for alone gives it its own. */
export type MailBatch = { id: string; jobIds: string[] };

const isAlone = ({ jobIds }: Pick<MailBatch, "jobIds">) => jobIds.length === 1;

/** Whether a batch is a call for several mails. */
export const isTogether = (batch: MailBatch) => !isAlone(batch);

/** The batches that have been tried, or were about to be. None of their mails may go out in another call. */
export function triedBatches(): Promise<MailBatch[]> {
  return db.mailBatch.findMany({ orderBy: { createdAt: "asc" }, select: { id: true, jobIds: true } });
}

/**
 * Writes down what a call will consist of, before it is made.
 * @returns null where the turn is no longer this worker's
 */
export async function writeBatch(turn: Turn, jobIds: string[], now: Date): Promise<MailBatch | null> {
  const batch = named(jobIds);
  // A worker that was held up must not make a second call for mails that another has taken over.
  const written = await db.$executeRaw`
    WITH mine AS (SELECT 1 FROM mail_gate WHERE provider = ${turn.provider} AND next_at = ${turn.until} FOR UPDATE)
    INSERT INTO mail_batch (id, job_ids, created_at)
    SELECT ${batch.id}::uuid, ${batch.jobIds}::uuid[], ${now} FROM mine`;
  return written === 1 ? batch : null;
}

/** Takes a batch apart that the provider refused as a whole, so that what is wrong with one mail harms no other. */
export async function halveBatch(batch: MailBatch, now: Date): Promise<void> {
  const middle = Math.ceil(batch.jobIds.length / 2);
  const halves = [batch.jobIds.slice(0, middle), batch.jobIds.slice(middle)].map(named);
  await db.$transaction(async (tx) => {
    const { count } = await tx.mailBatch.deleteMany({ where: { id: batch.id } });
    if (count === 1)
      await tx.mailBatch.createMany({ data: halves.map((half) => ({ ...half, createdAt: now })) });
  });
}

/** Forgets a batch whose mails have their outcome. */
export async function closeBatch(tx: Tx, id: string): Promise<void> {
  await tx.mailBatch.deleteMany({ where: { id } });
}

/** Forgets the batches of mails that are no longer in the queue. */
export async function forgetOldBatches(tx: Tx): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM mail_batch b
    WHERE NOT EXISTS (SELECT FROM pgboss.job j WHERE j.name = 'mail' AND j.id = ANY(b.job_ids) AND j.state < 'active')`;
}

const named = (jobIds: string[]): MailBatch => ({ id: (isAlone({ jobIds }) && jobIds[0]) || uuid(), jobIds });
