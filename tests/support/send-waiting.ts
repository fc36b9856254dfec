import { prepareMails } from "@/lib/jobs/prepare-mails";
import { sendMails } from "@/lib/jobs/send-mails";
import type { WaitingMail } from "@/lib/jobs/waiting-mails";

/** Mails that go out in one call, under its key. */
export type Waiting = { key: string; together: boolean; mails: WaitingMail[] };

/** Sends mails as a turn does, without a turn. */
export async function sendWaiting(
  { mails, ...call }: Waiting,
  now: Date,
  report: (line: string) => void = () => undefined,
): Promise<void> {
  const ready = await prepareMails(mails, { most: mails.length, batch: null, now, report });
  if (ready.length > 0) await sendMails({ ...call, mails: ready }, now);
}
