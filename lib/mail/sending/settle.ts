import { db, type Tx } from "@/lib/db/client";
import { lockMails } from "@/lib/mail/lock-mails";
import { deliveryDeadline, MAYBE_TWICE, mailDeferral, TOO_OLD, UNKNOWN } from "@/lib/mail/rules";
import type { WaitingMail } from "@/lib/mail/sending/waiting";
import { lockSpellings, suppress } from "@/lib/mail/suppress-address";

/** What became of a waiting mail. Codes are short and name nobody. */
export type Outcome =
  | { is: "sent"; providerId: string | null; twice?: boolean }
  | { is: "nothing" }
  | { is: "failed"; code: string; bounced?: boolean }
  /** Not now; a mail that has been tried for too long has failed. */
  | { is: "later"; code: string };

export type Settled = { mail: Pick<WaitingMail, "id" | "queuedAt" | "unheardAt"> } & Outcome;

/**
 * Records what became of mails, in one transaction, and forgets what they said. A mail has one outcome: where another
 * worker was faster, or its person was erased, nothing is changed. Only that it was sent counts also after it was given up.
 */
export async function settleMails(mails: Settled[], now: Date): Promise<void> {
  if (mails.length === 0) return;
  const settled = mails.map((one) => (one.is === "later" && isTooOld(one, now) ? failed(one) : one));
  await db.$transaction(async (tx) => {
    await lockAll(tx, settled);
    await recordOutcomes(tx, settled, now);
    const nothing = settled.filter(({ is }) => is === "nothing").map(({ mail }) => mail.id);
    await tx.mail.deleteMany({ where: { id: { in: nothing }, state: "WAITING" } });
    for (const one of settled)
      if (one.is === "later")
        await defer(tx, one.mail.id, one.code, mailDeferral(one.mail.queuedAt, now, Math.random()));
  });
}

const isTooOld = ({ mail }: Settled, now: Date) => mail.queuedAt < deliveryDeadline(now);
const failed = ({ mail, code }: { mail: Settled["mail"]; code: string }): Settled => ({
  mail,
  is: "failed",
  code: mail.unheardAt ? UNKNOWN : code,
});

const isBounce = (one: Settled) => one.is === "failed" && one.bounced === true;
const idOf = ({ mail }: Settled) => mail.id;

/** A bounce changes signatures too, which everybody locks before mails. */
async function lockAll(tx: Tx, settled: Settled[]): Promise<void> {
  const bounced = settled.filter(isBounce).map(idOf);
  if (bounced.length > 0) {
    const rows = await tx.mail.findMany({ where: { id: { in: bounced } }, select: { recipient: true } });
    await lockSpellings(
      tx,
      rows.flatMap(({ recipient }) => recipient ?? []),
    );
  }
  await lockMails(tx, settled.map(idOf));
}

async function recordOutcomes(tx: Tx, settled: Settled[], now: Date): Promise<void> {
  const ended = settled.flatMap((one) => (one.is === "sent" || one.is === "failed" ? [one] : []));
  if (ended.length === 0) return;
  const errorOf = (one: (typeof ended)[0]) =>
    one.is === "failed" ? one.code : one.twice ? MAYBE_TWICE : null;
  const recorded = await tx.$queryRaw<{ id: string; recipient: string | null }[]>`
    UPDATE mail m SET state = o.state::"MailState", provider_id = o.provider_id, error = o.error, done_at = ${now},
      payload = NULL, rendered = NULL, batch_id = NULL, place = NULL, unheard_at = NULL
    FROM unnest(${ended.map(({ mail }) => mail.id)}::uuid[], ${ended.map(({ is }) => is.toUpperCase())}::text[],
      ${ended.map((one) => (one.is === "sent" ? one.providerId : null))}::text[], ${ended.map(errorOf)}::text[])
      AS o(id, state, provider_id, error)
    WHERE m.id = o.id
      AND (m.state = 'WAITING' OR m.state = 'FAILED' AND m.error IN (${UNKNOWN}, ${TOO_OLD}) AND o.state = 'SENT')
    RETURNING m.id::text, m.recipient`;
  const bounced = new Set(ended.filter(isBounce).map(idOf));
  for (const { id, recipient } of recorded)
    if (bounced.has(id) && recipient) await suppress(tx, recipient, "BOUNCED", now);
}

/** It waits as if it had been in no call, but for what is known of one that went unheard, and why it waits. */
const defer = (tx: Tx, id: string, code: string, ms: number) => tx.$executeRaw`
  UPDATE mail SET not_before = now() + ${ms}::float8 * interval '1 millisecond', batch_id = NULL, place = NULL,
    rendered = NULL, error = ${code}
  WHERE id = ${id}::uuid AND state = 'WAITING'`;
