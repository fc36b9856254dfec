import { db, type Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { MUST_ARRIVE, NO_MAILBOX } from "@/lib/mail/rules";
import { type EventHeaders, type ProviderEvent, readProviderEvent } from "@/lib/mail/sending/provider-event";
import { type Reported, spellingOf, suppress } from "@/lib/mail/suppress-address";
import type { MailState } from "@/prisma/generated/enums";

/** For how long it is known that an event was taken in; the provider repeats none for so long. */
const KNOWN_MS = 30 * 86_400_000;

/**
 * What became of an event: taken in, known already, faster than our own record of the mail, not the provider's, or not
 * wanted by this deployment.
 */
type TakenIn = "taken" | "repeated" | "early" | "forged" | "not-configured";

/**
 * Takes in what the mail provider says about a mail. An address that bounced for good or complained gets no
 * more mail, and its signature is flagged where it bounced. A mail that the provider took and did not send
 * counts as undelivered; so does one that bounced before what it told of may be shown. A repeated event
 * changes nothing; others are only noted.
 */
export async function takeInEvent(
  event: { body: string; headers: EventHeaders },
  now: Date,
): Promise<TakenIn> {
  const secret = env().resendWebhookSecret;
  if (!secret) return "not-configured";
  const read = readProviderEvent(event.body, event.headers, secret);
  if (!read) return "forged";
  return db.$transaction((tx) => take(tx, event.headers.id, read, now));
}

async function take(tx: Tx, id: string, event: ProviderEvent, now: Date): Promise<TakenIn> {
  // Told to come again, or the outcome that is about to be recorded would say that it was sent.
  const mail = await mailOf(tx, event);
  const failure = failureOf(event, mail);
  if (failure && mail?.state === "WAITING") return "early";
  const { count } = await tx.providerEvent.createMany({
    data: { id, type: event.type, at: now },
    skipDuplicates: true,
  });
  if (count === 0) return "repeated";
  if (!mail) return "taken";
  // A mail that counted as sent is undelivered after all.
  const failed = { state: "FAILED", error: failure, doneAt: now } as const;
  if (failure) await tx.mail.updateMany({ where: { id: mail.id, state: "SENT" }, data: failed });
  const reason = reasonOf(event);
  const spelling = reason && (await spellingBehind(tx, mail));
  if (reason && spelling) await suppress(tx, spelling, reason, now);
  return "taken";
}

const failureOf = (event: ProviderEvent, mail: MailRow | null): string | null =>
  event.failure ??
  (reasonOf(event) === "BOUNCED" && MUST_ARRIVE.includes(mail?.message ?? "")
    ? `${NO_MAILBOX}bounced`
    : null);

function reasonOf({ type, permanent }: ProviderEvent): Reported | null {
  if (type === "email.complained") return "COMPLAINED";
  return permanent && (type === "email.bounced" || type === "email.suppressed") ? "BOUNCED" : null;
}

type MailRow = {
  id: string;
  message: string;
  state: MailState;
  recipient: string | null;
  signatureId: string | null;
  mailboxHash: string | null;
};

/** The mail that an event is about, if it is one of ours. The provider may be faster than our record of its answer. */
async function mailOf(tx: Tx, { mailId, providerId }: ProviderEvent): Promise<MailRow | null> {
  const named = [...(mailId ? [{ id: mailId }] : []), ...(providerId ? [{ providerId }] : [])];
  if (named.length === 0) return null;
  const about = { recipient: true, signatureId: true, mailboxHash: true } as const;
  const select = { id: true, message: true, state: true, ...about } as const;
  return tx.mail.findFirst({ where: { OR: named }, select });
}

/** Null for mails to administrators, which nothing stops, and where the person was erased. */
const spellingBehind = async (tx: Tx, { recipient, signatureId, mailboxHash }: MailRow) =>
  // Mails of earlier versions have no recipient.
  recipient ?? mailboxHash ?? (signatureId && (await spellingOf(tx, signatureId)));

/** Forgets some of the events that nobody repeats any more. @returns how many */
export async function forgetOldEvents(now: Date, most: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM provider_event WHERE id IN (
      SELECT id FROM provider_event WHERE at < ${new Date(now.getTime() - KNOWN_MS)}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}
