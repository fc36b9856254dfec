import { db, type Tx } from "@/lib/db/client";
import { suppressAddress } from "@/lib/deliveries/suppress-address";
import { env } from "@/lib/env";
import { type EventHeaders, type ProviderEvent, readProviderEvent } from "@/lib/mail/provider-event";
import type { SuppressionReason } from "@/prisma/generated/enums";

/** For how long it is known that an event was taken in; the provider repeats none for so long. */
const KNOWN_MS = 30 * 86_400_000;

/** What became of an event: taken in, known already, not the provider's, or not wanted by this deployment. */
export type TakenIn = "taken" | "repeated" | "forged" | "not-configured";

/**
 * Takes in what the mail provider says about a mail: an address that bounced for good or complained gets no more mail,
 * and a signature whose address bounced is flagged. A repeated event changes nothing; others are noted only.
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
  const { count } = await tx.providerEvent.createMany({
    data: { id, type: event.type, at: now },
    skipDuplicates: true,
  });
  if (count === 0) return "repeated";
  const reason = reasonOf(event);
  const signatureId = reason && (await signatureOf(tx, event));
  if (reason && signatureId) await suppressAddress(tx, signatureId, reason, now);
  return "taken";
}

function reasonOf({ type, permanent }: ProviderEvent): SuppressionReason | null {
  if (type === "email.complained") return "COMPLAINED";
  return permanent && (type === "email.bounced" || type === "email.suppressed") ? "BOUNCED" : null;
}

/** The signature that the mail was about; null for mails to administrators, and for mails of another's. */
async function signatureOf(tx: Tx, { mailId, providerId }: ProviderEvent): Promise<string | null> {
  const named = [...(mailId ? [{ id: mailId }] : []), ...(providerId ? [{ providerId }] : [])];
  if (named.length === 0) return null;
  const delivery = await tx.delivery.findFirst({ where: { OR: named }, select: { signatureId: true } });
  if (delivery) return delivery.signatureId;
  // The provider may be faster than our record of its answer.
  const [job] = await tx.$queryRaw<{ signatureId: string | null }[]>`
    SELECT data->>'signatureId' AS "signatureId" FROM pgboss.job WHERE name = 'mail' AND id = ${mailId}::uuid`;
  return job?.signatureId ?? null;
}

/** Forgets the events that nobody repeats any more. */
export async function forgetOldEvents(tx: Tx, now: Date): Promise<number> {
  const { count } = await tx.providerEvent.deleteMany({
    where: { at: { lt: new Date(now.getTime() - KNOWN_MS) } },
  });
  return count;
}
