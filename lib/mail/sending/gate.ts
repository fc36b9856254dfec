import { type Database, db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";

/** The right to call a provider, which one worker has at a time. It is over at `until` unless it is kept. */
export type Turn = {
  provider: string;
  until: Date;
  /** How often in a row the provider has failed before. */
  failures: number;
  /** The last statement about it, see `oneByOne`. */
  last: Promise<unknown>;
};

/**
 * For how long a worker has its turn, by the database's clock. One that dies in its turn holds up the others
 * for this long.
 */
const TURN_SECONDS = 10;
const TURN = Prisma.sql`${TURN_SECONDS} * interval '1 second'`;

/** Whether a mail is due, and for how many milliseconds the provider must not be called. Changes nothing. */
export async function lookAtGate(provider: string): Promise<{ due: boolean; waitMs: number }> {
  const [row] = await db.$queryRaw<{ due: boolean; wait: number | null }[]>`
    SELECT EXISTS (SELECT FROM mail WHERE state = 'WAITING' AND not_before <= now()) AS due,
           (SELECT extract(epoch FROM GREATEST(next_at, open_until) - now())::float8 FROM mail_gate
            WHERE provider = ${provider}) AS wait`;
  return { due: row?.due ?? false, waitMs: Math.max(0, Math.ceil((row?.wait ?? 0) * 1_000)) };
}

/** Takes the next turn, if it is free: of all workers one gets it, and the others null. */
export async function takeTurn(provider: string): Promise<Turn | null> {
  const [row] = await db.$queryRaw<{ until: Date; failures: number }[]>`
    INSERT INTO mail_gate AS g (provider, next_at) VALUES (${provider}, now() + ${TURN})
    ON CONFLICT (provider) DO UPDATE SET next_at = EXCLUDED.next_at
    WHERE g.next_at <= now() AND (g.open_until IS NULL OR g.open_until <= now())
    RETURNING next_at AS until, failures`;
  return row ? { provider, ...row, last: Promise.resolve() } : null;
}

/** Keeps a turn for as long again. @returns whether it was still this worker's */
export function keepTurn(turn: Turn): Promise<boolean> {
  return oneByOne(turn, async () => {
    const until = await keep(db, turn);
    if (until) turn.until = until;
    return until !== undefined;
  });
}

async function keep(database: Database, turn: Turn): Promise<Date | undefined> {
  const [row] = await database.$queryRaw<{ until: Date }[]>`
    UPDATE mail_gate SET next_at = GREATEST(next_at, clock_timestamp() + ${TURN}) WHERE ${its(turn)}
    RETURNING next_at AS until`;
  return row?.until;
}

/**
 * Does something in a transaction during which nobody else gets the turn, and keeps it for as long again.
 * @param act gives false for what is not to be done after all
 * @returns false where nothing was done: so `act` wished, or the turn was no longer this worker's
 */
export function doAndKeepTurn(turn: Turn, act: (tx: Tx) => Promise<boolean>): Promise<boolean> {
  return oneByOne(turn, async () => {
    const transaction = db.$transaction(async (tx) => {
      await tx.$queryRaw(whileMine(turn));
      const until = (await act(tx)) && (await keep(tx, turn));
      if (!until) throw new NothingDone();
      return until;
    });
    try {
      turn.until = await transaction;
      return true;
    } catch (error) {
      if (error instanceof NothingDone) return false;
      throw error;
    }
  });
}

/** Rolls a transaction back. */
class NothingDone extends Error {}

/** Gives back a turn in which the provider was not called. */
export async function returnTurn(turn: Turn): Promise<void> {
  await oneByOne(turn, () => db.$executeRaw`UPDATE mail_gate SET next_at = now() WHERE ${its(turn)}`);
}

/** Ends a turn in which the provider answered as it should. @param pauseMs until the next call */
export async function endTurn(turn: Turn, pauseMs: number): Promise<void> {
  await oneByOne(
    turn,
    () => db.$executeRaw`
      UPDATE mail_gate SET next_at = ${after(pauseMs)}, failures = 0, open_until = NULL WHERE ${its(turn)}`,
  );
}

/**
 * Ends a turn in which the provider failed: nobody calls it until the pause is over, and then one worker does.
 * @param pause in milliseconds for a number of failures in a row
 * @returns that number, this failure included; null where the turn had ended
 */
export async function failTurn(turn: Turn, pause: (failures: number) => number): Promise<number | null> {
  const failures = turn.failures + 1;
  const until = after(pause(failures));
  const changed = await oneByOne(
    turn,
    () => db.$executeRaw`
      UPDATE mail_gate SET next_at = ${until}, open_until = ${until}, failures = ${failures} WHERE ${its(turn)}`,
  );
  return changed === 1 ? failures : null;
}

/**
 * Waits for what is being done about a turn, and does the next thing: a turn is known by the time that the statement
 * before has left, and one that overtook it would find it gone.
 */
export function oneByOne<T>(turn: Turn, act: () => Promise<T>): Promise<T> {
  const done = turn.last.then(act);
  turn.last = done.catch(() => undefined);
  return done;
}

/** A query that has a row, and holds it, for as long as a turn is this worker's; to be used within `oneByOne`. */
export const whileMine = (turn: Turn) => Prisma.sql`SELECT 1 FROM mail_gate WHERE ${its(turn)} FOR UPDATE`;

const its = ({ provider, until }: Turn) => Prisma.sql`provider = ${provider} AND next_at = ${until}`;
const after = (ms: number) => Prisma.sql`now() + ${ms}::float8 * interval '1 millisecond'`;
