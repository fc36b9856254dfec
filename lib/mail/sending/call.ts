import { v7 as uuid } from "uuid";
import { db } from "@/lib/db/client";
import { lockMails } from "@/lib/mail/lock-mails";
import { mailProvider } from "@/lib/mail/sending/deliver";
import { doAndKeepTurn, oneByOne, type Turn, whileMine } from "@/lib/mail/sending/gate";
import type { PreparedMail } from "@/lib/mail/sending/prepare";
import { Prisma } from "@/prisma/generated/client";

/** Mails for one call of the provider, in its order. */
export type Call = {
  /** Its key: the same whenever this call is made again, and never that of another. */
  id: string;
  /** Whether it is a call for several mails, also where only one of them is left. */
  together: boolean;
  mails: PreparedMail[];
};

export const newCall = (mails: PreparedMail[]): Call => ({ id: uuid(), together: mails.length > 1, mails });

export const sameCall = (id: string, mails: PreparedMail[]): Call => ({
  id,
  together: mails[0]?.place !== null,
  mails,
});

const rowsOf = (calls: Call[]) =>
  calls.flatMap(({ id, together, mails }) =>
    mails.map((mail, place) => ({ ...mail, call: id, place: together ? place : null })),
  );

/**
 * Writes down what calls consist of, to the byte, and that their answers are outstanding, before they are made.
 * @returns false where they may not be made, and nothing is written: the turn is no longer this worker's, or somebody was
 * erased meanwhile
 */
export function writeCalls(turn: Turn, calls: Call[], now: Date): Promise<boolean> {
  const rows = rowsOf(calls);
  const ids = rows.map(({ id }) => id);
  return doAndKeepTurn(turn, async (tx) => {
    await lockMails(tx, ids);
    const written = await tx.$executeRaw`
      UPDATE mail m SET batch_id = c.call, place = c.place, recipient = c.recipient, rendered = c.rendered,
        unheard_at = COALESCE(m.unheard_at, ${now}), error = NULL
      FROM unnest(${ids}::uuid[], ${rows.map(({ call }) => call)}::uuid[], ${rows.map(({ place }) => place)}::int[],
        ${rows.map(({ recipient }) => recipient)}::text[], ${rows.map(({ rendered }) => rendered)}::text[])
        AS c(id, call, place, recipient, rendered)
      WHERE m.id = c.id AND m.state = 'WAITING'`;
    return written === rows.length;
  });
}

/**
 * Notes that the provider has surely taken nothing of a call that was just made, as far as no earlier one went unheard.
 * @param changes whether our configuration is to blame: then the mails are written anew for a call of their own, which says
 * what it says by then
 */
export async function noteRefusal(turn: Turn, { mails }: Call, changes: boolean): Promise<void> {
  const refused = mails.filter(({ unheardAt }) => unheardAt === null).map(({ id }) => id);
  // A provider without keys takes a repeat for another mail, whatever it says.
  const free = mailProvider().honoursKeys ? refused : mails.map(({ id }) => id);
  await oneByOne(
    turn,
    () => db.$executeRaw`
      WITH mine AS (${whileMine(turn)}), ours AS (
        SELECT id FROM mail WHERE id = ANY(${changes ? free : refused}::uuid[]) AND EXISTS (SELECT FROM mine)
        ORDER BY id FOR UPDATE)
      UPDATE mail m SET unheard_at = CASE WHEN m.id = ANY(${refused}::uuid[]) THEN NULL ELSE m.unheard_at END
        ${changes ? Prisma.sql`, batch_id = NULL, place = NULL, rendered = NULL` : Prisma.empty}
      FROM ours WHERE m.id = ours.id`,
  );
}

/** Takes a call apart that the provider refused as a whole, so that what is wrong with one mail harms no other. */
export async function halve({ id, mails }: Call): Promise<void> {
  const middle = Math.ceil(mails.length / 2);
  const halves = [mails.slice(0, middle), mails.slice(middle)].map(newCall);
  const rows = rowsOf(halves);
  const ids = rows.map((row) => row.id);
  await db.$transaction(async (tx) => {
    await lockMails(tx, ids);
    await tx.$executeRaw`
      UPDATE mail m SET batch_id = h.half, place = h.place, unheard_at = NULL
      FROM unnest(${ids}::uuid[], ${rows.map(({ call }) => call)}::uuid[], ${rows.map(({ place }) => place)}::int[])
        AS h(mail, half, place)
      WHERE m.id = h.mail AND m.batch_id = ${id}::uuid AND m.state = 'WAITING'`;
  });
}
