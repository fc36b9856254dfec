import { v7 as uuid } from "uuid";
import { db, type Tx } from "@/lib/db/client";
import { oneByOne, type Turn, whileMine } from "@/lib/jobs/mail-gate";

/** The mails of one call, in its order. The id is the call's key; a mail that is called for alone gives it its own. */
export type MailBatch = {
  id: string;
  jobIds: string[];
  /** When the first of its calls began that the provider may have taken, for it never answered; null without any. */
  unheardAt: Date | null;
};

/** A call for mails that were in none. */
export const newBatch = (jobIds: string[]): MailBatch => ({
  id: (jobIds.length === 1 && jobIds[0]) || uuid(),
  jobIds,
  unheardAt: null,
});

/** Whether a batch is a call for several mails, also where one of them only is left. */
export const isTogether = ({ id, jobIds }: MailBatch) => id !== jobIds[0];

/** The batches that have been tried, or were about to be. None of their mails may go out in another call. */
export function triedBatches(): Promise<MailBatch[]> {
  return db.mailBatch.findMany({
    orderBy: { createdAt: "asc" },
    select: { id: true, jobIds: true, unheardAt: true },
  });
}

/** Those mails of unanswered calls that are among some: nobody knows whether they were sent. */
export async function unheardMails(ids: string[]): Promise<Set<string>> {
  const batches = await db.mailBatch.findMany({
    where: { unheardAt: { not: null }, jobIds: { hasSome: ids } },
    select: { jobIds: true },
  });
  return new Set(batches.flatMap(({ jobIds }) => jobIds));
}

/**
 * Writes down what a call consists of, exactly, and that its answer is outstanding, before it is made.
 * @returns false where the turn is no longer this worker's
 */
export async function writeBatch(turn: Turn, { id, jobIds }: MailBatch, now: Date): Promise<boolean> {
  // A worker that was held up must not make a second call for mails that another has taken over.
  const written = await oneByOne(
    turn,
    () => db.$executeRaw`
      WITH mine AS (${whileMine(turn)})
      INSERT INTO mail_batch AS b (id, job_ids, created_at, unheard_at)
      SELECT ${id}::uuid, ${jobIds}::uuid[], ${now}, ${now} FROM mine
      ON CONFLICT (id) DO UPDATE
      SET job_ids = EXCLUDED.job_ids, unheard_at = COALESCE(b.unheard_at, EXCLUDED.unheard_at)`,
  );
  return written === 1;
}

/**
 * Notes that the provider has taken nothing of a call that was just made: for sure, but of this call only.
 * @param batch as it was before the call
 */
export async function noteRefusal(turn: Turn, { id, unheardAt }: MailBatch): Promise<void> {
  if (unheardAt) return;
  await oneByOne(
    turn,
    () => db.$executeRaw`
      WITH mine AS (${whileMine(turn)})
      UPDATE mail_batch SET unheard_at = NULL WHERE id = ${id}::uuid AND EXISTS (SELECT FROM mine)`,
  );
}

/** Takes a batch apart that the provider refused as a whole, so that what is wrong with one mail harms no other. */
export async function halveBatch({ id, jobIds }: MailBatch, now: Date): Promise<void> {
  const middle = Math.ceil(jobIds.length / 2);
  const halves = [jobIds.slice(0, middle), jobIds.slice(middle)].map(newBatch);
  await db.$transaction(async (tx) => {
    const { count } = await tx.mailBatch.deleteMany({ where: { id } });
    if (count === 1)
      await tx.mailBatch.createMany({ data: halves.map((half) => ({ ...half, createdAt: now })) });
  });
}

/** Forgets a batch whose mails have their outcome. */
export async function closeBatch(tx: Tx, id: string): Promise<void> {
  await tx.mailBatch.deleteMany({ where: { id } });
}

/** Forgets some of the batches of mails that are no longer in the queue. @returns how many */
export async function forgetOldBatches(most: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM mail_batch WHERE id IN (
      SELECT b.id FROM mail_batch b
      WHERE NOT EXISTS (SELECT FROM pgboss.job j WHERE j.name = 'mail' AND j.id = ANY(b.job_ids) AND j.state < 'active')
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}
