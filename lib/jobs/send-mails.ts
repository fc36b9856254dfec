import { db } from "@/lib/db/client";
import { type Prepared, prepareMail } from "@/lib/jobs/prepare-mail";
import { type Outcome, settleMails } from "@/lib/jobs/settle-mails";
import type { WaitingMail } from "@/lib/jobs/waiting-mails";
import { deliver } from "@/lib/mail/deliver";
import { type MailOutcome, PermanentMailError } from "@/lib/mail/outcomes";

/** How many mails are read and rendered at once. */
const PREPARED_AT_ONCE = 8;

/** Waiting mails that go out in one call, under its key. */
export type Sending = { key: string; together: boolean; mails: WaitingMail[] };

/**
 * Sends waiting mails in one call and records the outcome of each. Does nothing for those that were sent already, and
 * for those that have nothing to say any more.
 *
 * A process may die between the provider's yes and our record; then the next attempt sends the same bytes under the
 * same key, and a provider that honours keys sends nothing.
 * @param report gets one line for a mail that cannot be read
 * @throws TemporaryMailError to be tried again; PermanentMailError where the provider refused several mails at once
 */
export async function sendMails(sending: Sending, now: Date, report: (line: string) => void): Promise<void> {
  const sent = await sentAlready(sending.mails);
  const mails = sending.mails.filter(({ id }) => !sent.has(id));
  const prepared = await prepareAll(mails, now);
  const outgoing = prepared.flatMap((one) => (one.is === "mail" ? [one.mail] : []));
  const answers = outgoing.length > 0 ? await call({ ...sending, mails: outgoing }) : [];
  const outcomes = prepared.map((one) => outcomeOf(one, answers, report));
  const done = sending.mails
    .filter(({ id }) => sent.has(id))
    .map((mail) => ({ mail, is: "nothing" as const }));
  await settleMails(
    [...done, ...mails.map((mail, at) => ({ mail, ...(outcomes[at] ?? NOTHING) }))],
    sending.key,
    now,
  );
}

const NOTHING = { is: "nothing" } as const;

async function sentAlready(mails: WaitingMail[]): Promise<Set<string>> {
  const ids = mails.map(({ id }) => id);
  const rows = await db.delivery.findMany({
    where: { id: { in: ids }, status: "SENT" },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

async function prepareAll(mails: WaitingMail[], now: Date): Promise<Prepared[]> {
  const prepared: Prepared[] = [];
  for (let at = 0; at < mails.length; at += PREPARED_AT_ONCE) {
    const some = mails.slice(at, at + PREPARED_AT_ONCE);
    prepared.push(...(await Promise.all(some.map((mail) => prepareMail(mail, now)))));
  }
  return prepared;
}

/** A refusal for good of one mail is its outcome; of several, nobody knows yet whose it is. */
async function call(
  sending: Parameters<typeof deliver>[0],
): Promise<(MailOutcome & { bounced?: boolean })[]> {
  try {
    return await deliver(sending);
  } catch (error) {
    if (!(error instanceof PermanentMailError) || sending.together) throw error;
    return [{ sent: false, code: error.code, bounced: error.bounced }];
  }
}

/** @param answers of the provider, of which this takes the next where the mail was sent to it */
function outcomeOf(
  prepared: Prepared,
  answers: (MailOutcome & { bounced?: boolean })[],
  report: (line: string) => void,
): Outcome {
  switch (prepared.is) {
    case "mail": {
      const answer = answers.shift();
      if (!answer) throw new Error("the provider gave too few outcomes");
      if (answer.sent) return { is: "sent", providerId: answer.providerId };
      return { is: "failed", code: answer.code, bounced: answer.bounced };
    }
    case "nothing":
      return NOTHING;
    case "suppressed":
      return { is: "failed", code: "suppressed" };
    case "wrong":
      return { is: "failed", code: prepared.code };
    case "unreadable":
      report(`A mail cannot be read and will be tried again: ${nameOf(prepared.error)}.`);
      return { is: "later", code: "unreadable" };
  }
}

const nameOf = (error: unknown) => {
  const { name } = error as { name?: unknown };
  return typeof name === "string" && /^[\w-]{1,60}$/.test(name) ? name : "unknown";
};
