import type { PreparedMail } from "@/lib/jobs/prepare-mails";
import { type Outcome, settleMails } from "@/lib/jobs/settle-mails";
import { deliver } from "@/lib/mail/deliver";
import { type MailOutcome, PermanentMailError } from "@/lib/mail/outcomes";

/** Mails that go out in one call, under its key. */
export type Sending = { key: string; together: boolean; mails: PreparedMail[] };

/**
 * Sends mails in one call and records the outcome of each.
 *
 * A process may die between the provider's yes and our record; then the next attempt sends the same bytes under the
 * same key, and a provider that honours keys sends nothing.
 * @throws TemporaryMailError to be tried again; PermanentMailError where the provider refused several mails at once
 */
export async function sendMails(sending: Sending, now: Date): Promise<void> {
  const answers = await call(sending);
  const outcomes = sending.mails.map(({ waiting }, at) => ({ mail: waiting, ...outcomeOf(answers[at]) }));
  await settleMails(outcomes, sending.key, now);
}

type Answer = MailOutcome & { bounced?: boolean };

/** A refusal for good of one mail is its outcome; of several, nobody knows yet whose it is. */
async function call({ key, together, mails }: Sending): Promise<Answer[]> {
  try {
    return await deliver({ key, together, mails: mails.map(({ mail }) => mail) });
  } catch (error) {
    if (!(error instanceof PermanentMailError) || mails.length > 1) throw error;
    return [{ sent: false, code: error.code, bounced: error.bounced }];
  }
}

function outcomeOf(answer: Answer | undefined): Outcome {
  if (!answer) throw new Error("the provider gave too few outcomes");
  if (answer.sent) return { is: "sent", providerId: answer.providerId };
  return { is: "failed", code: answer.code, bounced: answer.bounced };
}
