import { db } from "@/lib/db/client";
import type { MailBatch } from "@/lib/jobs/mail-batches";
import { type Prepared, prepareMail } from "@/lib/jobs/prepare-mail";
import { type Outcome, type Settled, settleMails } from "@/lib/jobs/settle-mails";
import type { WaitingMail } from "@/lib/jobs/waiting-mails";
import type { SealedMail } from "@/lib/mail/envelope";

/** How many mails are read and rendered at once. */
const PREPARED_AT_ONCE = 8;

/** A waiting mail, and what the provider gets of it. */
export type PreparedMail = { waiting: WaitingMail; mail: SealedMail };

export type Wanted = {
  /** How many mails the call takes. */
  most: number;
  /** In which they were tried before; it ends where nothing is left of it. */
  batch: MailBatch | null;
  now: Date;
  /** Gets one line for a mail that cannot be read. */
  report: (line: string) => void;
};

/**
 * Prepares waiting mails for a call, in their order, until it has enough. Those of which it has nothing leave before it,
 * each with its outcome, so that a call can be written down as it is: mails that were sent already, have nothing to say
 * any more, or are wrong. One that cannot be read is put off, unless a call that it was in was never answered: then nobody
 * knows whether it was sent.
 * @throws where the database fails; then no call may be made
 */
export async function prepareMails(mails: WaitingMail[], wanted: Wanted): Promise<PreparedMail[]> {
  const { most, batch, now, report } = wanted;
  const sent = await sentAlready(mails);
  const ready: PreparedMail[] = [];
  const leaving: Settled[] = [];
  for (let at = 0; at < mails.length && ready.length < most; ) {
    const some = mails.slice(at, at + Math.min(PREPARED_AT_ONCE, most - ready.length));
    for (const [mail, prepared] of await prepareSome(some, sent, now)) {
      if (prepared.is === "mail") ready.push({ waiting: mail, mail: prepared.mail });
      else leaving.push({ mail, ...withoutCall(prepared, batch) });
      if (prepared.is === "unreadable") report(`A mail cannot be read: ${nameOf(prepared.error)}.`);
    }
    at += some.length;
  }
  const ended = batch && ready.length === 0 ? batch.id : null;
  if (ended || leaving.length > 0) await settleMails(leaving, ended, now);
  return ready;
}

async function sentAlready(mails: WaitingMail[]): Promise<Set<string>> {
  const ids = mails.map(({ id }) => id);
  const rows = await db.delivery.findMany({
    where: { id: { in: ids }, status: "SENT" },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

type Found = [WaitingMail, Prepared];

function prepareSome(mails: WaitingMail[], sent: Set<string>, now: Date): Promise<Found[]> {
  const prepare = async (mail: WaitingMail): Promise<Found> => [
    mail,
    sent.has(mail.id) ? { is: "nothing" } : await prepareMail(mail, now),
  ];
  return Promise.all(mails.map(prepare));
}

function withoutCall(prepared: Exclude<Prepared, { is: "mail" }>, batch: MailBatch | null): Outcome {
  switch (prepared.is) {
    case "nothing":
      return { is: "nothing" };
    case "suppressed":
      return { is: "failed", code: "suppressed" };
    case "wrong":
      return { is: "failed", code: prepared.code };
    case "unreadable":
      return batch?.unheardAt ? { is: "failed", code: "unknown" } : { is: "later", code: "unreadable" };
  }
}

const nameOf = (error: unknown) => {
  const { name } = error as { name?: unknown };
  return typeof name === "string" && /^[\w-]{1,60}$/.test(name) ? name : "unknown";
};
