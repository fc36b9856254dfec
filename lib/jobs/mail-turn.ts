import { halveBatch, isTogether, type MailBatch, triedBatches, writeBatch } from "@/lib/jobs/mail-batches";
import {
  endTurn,
  failTurn,
  keepTurn,
  lookAtGate,
  returnTurn,
  type Turn,
  takeTurn,
} from "@/lib/jobs/mail-gate";
import { sendMails } from "@/lib/jobs/send-mails";
import { settleMails } from "@/lib/jobs/settle-mails";
import { dueMails, type WaitingMail, waitingMails } from "@/lib/jobs/waiting-mails";
import { mailProvider } from "@/lib/mail/deliver";
import { PermanentMailError, TemporaryMailError } from "@/lib/mail/outcomes";
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

/**
 * Sends what is due, once: one call, or a handful of mails one by one. Never calls a provider more often than it
 * allows, over all workers, nor one that is down.
 * @returns after how many milliseconds to look again
 */
export async function mailTurn(work: MailWork): Promise<number> {
  const { provider } = mailProvider();
  const { due, waitMs } = await lookAtGate(provider);
  if (!due) return LOOK_MS;
  if (waitMs > 0) return Math.min(waitMs, LOOK_MS);
  const turn = await takeTurn(provider);
  if (!turn) return AGAIN_MS;
  const keeping = setInterval(() => void keepTurn(turn).catch(() => undefined), KEEP_MS);
  try {
    await sendInTurn(turn, work);
    return 0;
  } finally {
    clearInterval(keeping);
  }
}

async function sendInTurn(turn: Turn, work: MailWork): Promise<void> {
  const { most, callsPerSecond } = mailProvider();
  const pauseMs = callsPerSecond ? 1_000 / callsPerSecond : 0;
  const tried =
    most > 1 ? await sendTogether(turn, most, work) : await sendOneByOne(pauseMs ? 1 : ONE_BY_ONE, work);
  if (tried.length === 0) return returnTurn(turn);
  const failure = tried.find((error) => error instanceof TemporaryMailError);
  return failure ? leaveAlone(turn, failure, work) : endTurn(turn, pauseMs);
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

/** @returns what the provider answered to each call: its failure, or null */
type Tried = Promise<(TemporaryMailError | null)[]>;

async function sendTogether(turn: Turn, most: number, { now, report }: MailWork): Tried {
  const call = await nextCall(turn, most, now());
  if (!call) return [];
  const { batch, mails } = call;
  try {
    await sendMails({ key: batch.id, together: isTogether(batch), mails }, now(), report);
    return [null];
  } catch (error) {
    if (error instanceof TemporaryMailError) return [error];
    if (!(error instanceof PermanentMailError)) throw error;
    await halveBatch(batch, now());
    return [null];
  }
}

type Call = { batch: MailBatch; mails: WaitingMail[] };

/** The call that is next: one that was tried before, as it was, or the mails that are due up to the next such one. */
async function nextCall(turn: Turn, most: number, now: Date): Promise<Call | null> {
  const [due, tried] = [await dueMails(most), await triedBatches()];
  const triedOf = ({ id }: WaitingMail) => tried.find(({ jobIds }) => jobIds.includes(id));
  const [head] = due;
  if (!head) return null;
  const again = triedOf(head);
  if (again) return { batch: again, mails: await waitingMails(again.jobIds) };
  const end = due.findIndex((mail) => triedOf(mail));
  const mails = end === -1 ? due : due.slice(0, end);
  const ids = mails.map(({ id }) => id);
  const batch = await writeBatch(turn, ids, now);
  return batch && { batch, mails };
}

async function sendOneByOne(count: number, { now, report }: MailWork): Tried {
  const send = async (mail: WaitingMail) => {
    const at = now();
    try {
      await sendMails({ key: mail.id, together: false, mails: [mail] }, at, report);
      return null;
    } catch (error) {
      if (!(error instanceof TemporaryMailError)) throw error;
      if (error.about === "provider") return error;
      await settleMails([{ mail, is: "later", code: error.code }], mail.id, at);
      return null;
    }
  };
  return Promise.all((await dueMails(count)).map(send));
}
