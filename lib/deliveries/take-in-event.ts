import { db, type Tx } from "@/lib/db/client";
import { type Reported, suppressAddress } from "@/lib/deliveries/suppress-address";
import { env } from "@/lib/env";
import { type EventHeaders, type ProviderEvent, readProviderEvent } from "@/lib/mail/provider-event";

/** For how long it is known that an event was taken in; the provider repeats none for so long. */
const KNOWN_MS = 30 * 86_400_000;

/**
 * What became of an event: taken in, known already, faster than our own record of the mail, not the provider's, or not
 * wanted by this deployment.
 */
export type TakenIn = "taken" | "repeated" | "early" | "forged" | "not-configured";

/**
 * Takes in what the mail provider says about a mail: an address that bounced for good or complained gets no more mail,
 * and a signature whose address bounced is flagged; a mail that the provider took and did not send counts as
 * undelivered. A repeated event changes nothing; others are noted only.
 * @param event as it came
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
  if (event.failure && (await jobOf(tx, event))?.waits) return "early";
  const { count } = await tx.providerEvent.createMany({
    data: { id, type: event.type, at: now },
    skipDuplicates: true,
  });
  if (count === 0) return "repeated";
  if (event.failure) await noteFailure(tx, event, event.failure, now);
  const reason = reasonOf(event);
  const signatureId = reason && (await signatureOf(tx, event));
  if (reason && signatureId) await suppressAddress(tx, signatureId, reason, now);
  return "taken";
}

function reasonOf({ type, permanent }: ProviderEvent): Reported | null {
  if (type === "email.complained") return "COMPLAINED";
  return permanent && (type === "email.bounced" || type === "email.suppressed") ? "BOUNCED" : null;
}

const deliveryOf = (tx: Tx, { mailId, providerId }: ProviderEvent) => {
  const named = [...(mailId ? [{ id: mailId }] : []), ...(providerId ? [{ providerId }] : [])];
  if (named.length === 0) return null;
  const select = { id: true, message: true, signatureId: true } as const;
  return tx.delivery.findFirst({ where: { OR: named }, select });
};

type Job = { signatureId: string | null; waits: boolean };

/** The job of a mail, and whether it has no outcome yet: the provider may be faster than our record of its answer. */
async function jobOf(tx: Tx, { mailId }: ProviderEvent): Promise<Job | undefined> {
  const [job] = await tx.$queryRaw<Job[]>`
    SELECT data->>'signatureId' AS "signatureId", state < 'active' AS waits
    FROM pgboss.job WHERE name = 'mail' AND id = ${mailId}::uuid`;
  return job;
}

/** The signature that the mail was about; null for mails to administrators, and for mails of another's. */
async function signatureOf(tx: Tx, event: ProviderEvent): Promise<string | null> {
  const known = (await deliveryOf(tx, event)) ?? (await jobOf(tx, event));
  return known?.signatureId ?? null;
}

/** A mail that counted as sent is undelivered after all, with what is needed to send it again. */
async function noteFailure(tx: Tx, event: ProviderEvent, error: string, at: Date): Promise<void> {
  const delivery = await deliveryOf(tx, event);
  if (!delivery) return;
  const { id, message, signatureId } = delivery;
  const job = signatureId ? { job: { message, signatureId } } : {};
  await tx.delivery.updateMany({
    where: { id, status: "SENT" },
    data: { status: "FAILED", error, at, ...job },
  });
}

/** Forgets some of the events that nobody repeats any more. @returns how many */
export async function forgetOldEvents(now: Date, most: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM provider_event WHERE id IN (
      SELECT id FROM provider_event WHERE at < ${new Date(now.getTime() - KNOWN_MS)}
      LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}
