import { givenUp } from "@/lib/jobs/give-up-mails";
import {
  halveBatch,
  isTogether,
  type MailBatch,
  newBatch,
  noteRefusal,
  triedBatches,
  writeBatch,
} from "@/lib/jobs/mail-batches";
import { keepTurn, type Turn } from "@/lib/jobs/mail-gate";
import type { MailWork, Tried } from "@/lib/jobs/mail-turn";
import { type PreparedMail, prepareMails } from "@/lib/jobs/prepare-mails";
import { sendMails } from "@/lib/jobs/send-mails";
import { settleMails } from "@/lib/jobs/settle-mails";
import { dueMails, type WaitingMail, waitingMails } from "@/lib/jobs/waiting-mails";
import { PermanentMailError, TemporaryMailError } from "@/lib/mail/outcomes";
import { keyDeadline } from "@/lib/mail/rules";

/** Makes the call that is next, of up to `most` mails, if there is anything to call for. */
export async function sendTogether(turn: Turn, most: number, { now, report }: MailWork): Promise<Tried> {
  const { tried, mails } = await nextMails(most);
  const at = now();
  if (tried && isForgotten(tried, at)) return giveUp(tried, mails, at, report);
  const ready = await prepareMails(mails, { most, batch: tried, now: at, report });
  if (ready.length === 0) return [];
  const ids = ready.map(({ waiting }) => waiting.id);
  const batch = tried ? { ...tried, jobIds: ids } : newBatch(ids);
  if (!(await writeBatch(turn, batch, at))) return [];
  // Whoever was held up until here has lost the turn; the batch is another's to repeat.
  if (!(await keepTurn(turn))) return [];
  return [await call(turn, batch, ready, at)];
}

type Next = { tried: MailBatch | null; mails: WaitingMail[] };

/** What is to be called for next: what was tried before, or the mails that are due up to the next such call. */
async function nextMails(most: number): Promise<Next> {
  const [due, batches] = [await dueMails(most), await triedBatches()];
  const triedOf = ({ id }: WaitingMail) => batches.find(({ jobIds }) => jobIds.includes(id));
  const [head] = due;
  const tried = head && triedOf(head);
  if (tried) return { tried, mails: await waitingMails(tried.jobIds) };
  const end = due.findIndex((mail) => triedOf(mail));
  return { tried: null, mails: end === -1 ? due : due.slice(0, end) };
}

const isForgotten = ({ unheardAt }: MailBatch, now: Date) =>
  unheardAt !== null && unheardAt < keyDeadline(now);

/** The provider may have taken the call and does not know its key any more: asking again could mail people twice. */
async function giveUp(
  batch: MailBatch,
  mails: WaitingMail[],
  now: Date,
  report: MailWork["report"],
): Promise<Tried> {
  const settled = mails.map((mail) => givenUp(mail, "unknown"));
  await settleMails(settled, batch.id, now);
  report(`Nobody knows whether mails were sent (${mails.length}); they are among the undelivered ones.`);
  return [];
}

async function call(
  turn: Turn,
  batch: MailBatch,
  mails: PreparedMail[],
  now: Date,
): Promise<TemporaryMailError | null> {
  try {
    await sendMails({ key: batch.id, together: isTogether(batch), mails }, now);
    return null;
  } catch (error) {
    if (error instanceof TemporaryMailError) {
      if (error.tookNone) await noteRefusal(turn, batch);
      return error;
    }
    if (!(error instanceof PermanentMailError)) throw error;
    await halveBatch(batch, now);
    return null;
  }
}
