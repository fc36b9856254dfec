import { keepTurn, type Turn } from "@/lib/jobs/mail-gate";
import type { MailWork, Tried } from "@/lib/jobs/mail-turn";
import { type PreparedMail, prepareMails } from "@/lib/jobs/prepare-mails";
import { sendMails } from "@/lib/jobs/send-mails";
import { settleMails } from "@/lib/jobs/settle-mails";
import { dueMails } from "@/lib/jobs/waiting-mails";
import { TemporaryMailError } from "@/lib/mail/outcomes";

/** Among how many mails a turn looks for some that have anything to send. */
const LOOKED_AT = 100;

/**
 * Sends up to `most` mails side by side, each in a call of its own.
 * @throws what one of them threw, once all of them have come to an end
 */
export async function sendOneByOne(turn: Turn, most: number, { now, report }: MailWork): Promise<Tried> {
  const at = now();
  const ready = await prepareMails(await dueMails(LOOKED_AT), { most, batch: null, now: at, report });
  if (ready.length === 0 || !(await keepTurn(turn))) return [];
  const results = await Promise.allSettled(ready.map((mail) => call(mail, at)));
  return results.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}

async function call(prepared: PreparedMail, now: Date): Promise<TemporaryMailError | null> {
  const { id } = prepared.waiting;
  try {
    await sendMails({ key: id, together: false, mails: [prepared] }, now);
    return null;
  } catch (error) {
    if (!(error instanceof TemporaryMailError)) throw error;
    if (error.about === "provider") return error;
    await settleMails([{ mail: prepared.waiting, is: "later", code: error.code }], id, now);
    return null;
  }
}
