import { v7 as uuid } from "uuid";
import { db } from "@/lib/db/client";
import { oneByOne, type Turn, whileMine } from "@/lib/mail/sending/gate";
import type { PreparedMail } from "@/lib/mail/sending/prepare";
import { Prisma } from "@/prisma/generated/client";

/** Mails for one call of the provider, in its order. The id is the call's key; a mail that goes alone gives its own. */
export type Call = { id: string; mails: PreparedMail[] };

/** A call for mails that were in none. */
export const newCall = (mails: PreparedMail[]): Call => ({
  id: (mails.length === 1 && mails[0]?.id) || uuid(),
  mails,
});

/** Whether it is a call for several mails, also where only one of them is left. */
export const isTogether = ({ id, mails }: Call) => id !== mails[0]?.id;

/**
 * Writes down what calls consist of, to the byte, and that their answers are outstanding, before they are made.
 * @returns false where they may not be made: the turn is no longer this worker's, or somebody was erased meanwhile
 */
export async function writeCalls(turn: Turn, calls: Call[], now: Date): Promise<boolean> {
  const rows = calls.flatMap(({ id, mails }) => mails.map((mail, place) => ({ ...mail, call: id, place })));
  const written = await oneByOne(
    turn,
    () => db.$executeRaw`
      WITH mine AS (${whileMine(turn)})
      UPDATE mail m SET batch_id = c.call, place = c.place, recipient = c.recipient, rendered = c.rendered,
        unheard_at = COALESCE(m.unheard_at, ${now})
      FROM mine, unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ call }) => call)}::uuid[],
        ${rows.map(({ place }) => place)}::int[], ${rows.map(({ recipient }) => recipient)}::text[],
        ${rows.map(({ rendered }) => rendered)}::text[]) AS c(id, call, place, recipient, rendered)
      WHERE m.id = c.id AND m.state = 'WAITING'`,
  );
  return written === rows.length;
}

/** Notes that the provider has surely taken nothing of a call that was just made, as far as no earlier one went unheard. */
export async function noteRefusal(turn: Turn, { mails }: Call): Promise<void> {
  const ids = mails.filter(({ unheardAt }) => unheardAt === null).map(({ id }) => id);
  if (ids.length === 0) return;
  await oneByOne(
    turn,
    () => db.$executeRaw`
      WITH mine AS (${whileMine(turn)})
      UPDATE mail SET unheard_at = NULL WHERE id = ANY(${ids}::uuid[]) AND EXISTS (SELECT FROM mine)`,
  );
}

/** Takes a call apart that the provider refused as a whole, so that what is wrong with one mail harms no other. */
export async function halve({ id, mails }: Call): Promise<void> {
  const middle = Math.ceil(mails.length / 2);
  const halves = [mails.slice(0, middle), mails.slice(middle)].map(newCall);
  const rows = halves.flatMap((half) => half.mails.map((mail) => [mail.id, half.id] as const));
  await db.$executeRaw(Prisma.sql`
    UPDATE mail m SET batch_id = h.half, unheard_at = NULL
    FROM unnest(${rows.map(([mail]) => mail)}::uuid[], ${rows.map(([, half]) => half)}::uuid[]) AS h(mail, half)
    WHERE m.id = h.mail AND m.batch_id = ${id}::uuid AND m.state = 'WAITING'`);
}
