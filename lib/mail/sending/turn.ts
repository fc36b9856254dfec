import { DOWN_AFTER, keyDeadline, providerPause, UNKNOWN } from "@/lib/mail/rules";
import { type Call, halve, newCall, noteRefusal, sameCall, writeCalls } from "@/lib/mail/sending/call";
import { deliver, mailProvider } from "@/lib/mail/sending/deliver";
import {
  endTurn,
  failTurn,
  keepTurn,
  lookAtGate,
  returnTurn,
  type Turn,
  takeTurn,
} from "@/lib/mail/sending/gate";
import { givenUp } from "@/lib/mail/sending/give-up";
import { type MailOutcome, PermanentMailError, TemporaryMailError } from "@/lib/mail/sending/outcomes";
import { type PreparedMail, prepareMails } from "@/lib/mail/sending/prepare";
import { type Outcome, settleMails } from "@/lib/mail/sending/settle";
import { dueMails, mailsOfCall, type WaitingMail } from "@/lib/mail/sending/waiting";

/** How often a worker looks for mails of which it was not told. */
const LOOK_MS = 2_000;
/** How soon a worker looks again that another one was faster than. */
const AGAIN_MS = 50;
/** How often a turn is kept; it is given for three times as long. */
const KEEP_MS = 3_000;
/** How many mails go out side by side where the provider takes no several in one call. */
const SIDE_BY_SIDE = 10;
/** Among how many mails a turn looks for some that have anything to send. */
const LOOKED_AT = 100;

/** The clock of what mails say, and where an operator hears of trouble: lines without personal data. */
type MailWork = { now: () => Date; report: (line: string) => void };

/**
 * Sends what is due, once: one call, or a handful of mails one by one. Never calls a provider more often than it allows,
 * over all workers, nor one that is down. Mails of which there is nothing to send use up no call.
 * @returns after how many milliseconds to look again
 */
export async function mailTurn(work: MailWork): Promise<number> {
  const { provider } = mailProvider();
  const { due, waitMs } = await lookAtGate(provider);
  if (!due) return LOOK_MS;
  if (waitMs > 0) return Math.min(waitMs, LOOK_MS);
  const turn = await takeTurn(provider);
  if (!turn) return AGAIN_MS;
  const timer = setInterval(() => void keepTurn(turn).catch(() => undefined), KEEP_MS);
  const tried = await makeCalls(turn, work).finally(() => clearInterval(timer));
  await handOn(turn, tried, work);
  return 0;
}

/** What the provider answered to each call that was made: its failure, or null. */
type Tried = (TemporaryMailError | null)[];

/** @throws what one of the calls threw, once all of them have come to an end */
async function makeCalls(turn: Turn, work: MailWork): Promise<Tried> {
  const now = work.now();
  const calls =
    mailProvider().most > 1 ? await callForSeveral(now, work) : await callsForEach(turn, now, work);
  if (calls.length === 0 || !(await writeCalls(turn, calls, now))) return [];
  const results = await Promise.allSettled(calls.map((call) => makeCall(turn, call, now, work)));
  return results.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}

async function callForSeveral(now: Date, { report }: MailWork): Promise<Call[]> {
  const { most } = mailProvider();
  const due = await dueMails(most);
  const tried = due[0]?.batchId;
  const mails = tried ? await mailsOfCall(tried) : untilTried(due);
  if (mails.some(({ unheardAt }) => unheardAt && unheardAt < keyDeadline(now))) {
    // The provider may have taken the call and forgotten its key: asking again could mail people twice.
    await settleMails(
      mails.map((mail) => givenUp(mail, UNKNOWN)),
      now,
    );
    report(`Nobody knows whether mails were sent (${mails.length}); they are among the undelivered ones.`);
    return [];
  }
  const ready = await prepareMails(mails, most, now, report);
  if (ready.length === 0) return [];
  return [tried ? sameCall(tried, ready) : newCall(ready)];
}

function untilTried(due: WaitingMail[]): WaitingMail[] {
  const end = due.findIndex(({ batchId }) => batchId);
  return end === -1 ? due : due.slice(0, end);
}

async function callsForEach(turn: Turn, now: Date, { report }: MailWork): Promise<Call[]> {
  // Of a provider that has failed, one call shows whether it works again.
  const most = mailProvider().callsPerSecond || turn.failures > 0 ? 1 : SIDE_BY_SIDE;
  const ready = await prepareMails(await dueMails(LOOKED_AT), most, now, report);
  return ready.map((mail) => newCall([mail]));
}

/**
 * Makes one call and records the outcome of each mail. A process may die between the provider's yes and our record; then
 * the next attempt sends the same bytes under the same key, and a provider that honours keys sends nothing.
 */
async function makeCall(
  turn: Turn,
  call: Call,
  now: Date,
  work: MailWork,
): Promise<TemporaryMailError | null> {
  const { id: key, together, mails } = call;
  const settle = (outcome: (place: number) => Outcome) =>
    settleMails(
      mails.map((mail, place) => ({ mail, ...outcome(place) })),
      now,
    );
  try {
    const outgoing = mails.map((mail) => mail.outgoing);
    const answers = await deliver({ key, together, mails: outgoing });
    await settle((place) => outcomeOf(answers[place], mails[place], work));
  } catch (error) {
    if (error instanceof PermanentMailError) {
      const { code, bounced } = error;
      await (mails.length > 1 ? halve(call) : settle(() => ({ is: "failed", code, bounced })));
    } else if (error instanceof TemporaryMailError) {
      if (error.tookNone) await noteRefusal(turn, call, error.about === "configuration");
      if (error.about !== "mail") return error;
      await settle(() => ({ is: "later", code: error.code }));
    } else throw error;
  }
  return null;
}

function outcomeOf(answer: MailOutcome | undefined, mail: PreparedMail | undefined, work: MailWork): Outcome {
  if (!answer) throw new Error("the provider gave too few outcomes");
  if (!answer.sent) return { is: "failed", code: answer.code };
  const twice = !mailProvider().honoursKeys && Boolean(mail?.unheardAt);
  if (twice) work.report(`A mail may have gone twice: ${mail?.id}.`);
  return { is: "sent", providerId: answer.providerId, twice };
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
