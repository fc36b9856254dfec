import {
  endTurn,
  failTurn,
  keepTurn,
  lookAtGate,
  returnTurn,
  type Turn,
  takeTurn,
} from "@/lib/jobs/mail-gate";
import { sendOneByOne } from "@/lib/jobs/send-one-by-one";
import { sendTogether } from "@/lib/jobs/send-together";
import { mailProvider } from "@/lib/mail/deliver";
import type { TemporaryMailError } from "@/lib/mail/outcomes";
import { DOWN_AFTER, providerPause } from "@/lib/mail/rules";

/** How often a worker looks for mails of which it was not told. */
const LOOK_MS = 2_000;
/** How soon a worker looks again that another one was faster than. */
const AGAIN_MS = 50;
/** How often a turn is kept; it is given for three times as long. */
const KEEP_MS = 3_000;
/** How many mails go out at once, one by one, where the provider takes no several in one call. */
const ONE_BY_ONE = 10;

/** The clock of what mails say, and where an operator hears of trouble: lines without personal data. */
export type MailWork = { now: () => Date; report: (line: string) => void };

/** What the provider answered to each call that was made: its failure, or null. */
export type Tried = (TemporaryMailError | null)[];

/**
 * Sends what is due, once: one call, or a handful of mails one by one. Never calls a provider more often than it
 * allows, over all workers, nor one that is down. Mails of which there is nothing to send use up no call.
 * @returns after how many milliseconds to look again
 */
export async function mailTurn(work: MailWork): Promise<number> {
  const { provider } = mailProvider();
  const { due, waitMs } = await lookAtGate(provider);
  if (!due) return LOOK_MS;
  if (waitMs > 0) return Math.min(waitMs, LOOK_MS);
  const turn = await takeTurn(provider);
  if (!turn) return AGAIN_MS;
  const tried = await keeping(turn, () => send(turn, work));
  await handOn(turn, tried, work);
  return 0;
}

async function keeping<T>(turn: Turn, act: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => void keepTurn(turn).catch(() => undefined), KEEP_MS);
  try {
    return await act();
  } finally {
    clearInterval(timer);
  }
}

function send(turn: Turn, work: MailWork): Promise<Tried> {
  const { most, callsPerSecond } = mailProvider();
  if (most > 1) return sendTogether(turn, most, work);
  // Of a provider that has failed, one call shows whether it works again.
  return sendOneByOne(turn, callsPerSecond || turn.failures > 0 ? 1 : ONE_BY_ONE, work);
}

async function handOn(turn: Turn, tried: Tried, work: MailWork): Promise<void> {
  const { callsPerSecond } = mailProvider();
  if (tried.length === 0) return returnTurn(turn);
  const failure = tried.find((error) => error !== null);
  return failure
    ? leaveAlone(turn, failure, work)
    : endTurn(turn, callsPerSecond ? 1_000 / callsPerSecond : 0);
}

async function leaveAlone(turn: Turn, error: TemporaryMailError, { report }: MailWork): Promise<void> {
  const chance = Math.random();
  const pause = (failures: number) => providerPause(failures, error.retryAfterSeconds, chance);
  const failures = await failTurn(turn, pause);
  if (failures && failures >= DOWN_AFTER) {
    const seconds = Math.ceil(pause(failures) / 1_000);
    report(`Mail cannot be sent (${error.code}), ${failures} times in a row; trying again in ${seconds} s.`);
  }
}
