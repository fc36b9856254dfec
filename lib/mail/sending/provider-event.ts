import { Resend } from "resend";
import { z } from "zod";
import { shortCode } from "@/lib/mail/sending/outcomes";

export type ProviderEvent = {
  type: string;
  /** Our own name of the mail, and the provider's. */
  mailId: string | null;
  providerId: string | null;
  /** Whether the mailbox does not exist or the provider no longer writes to it. */
  permanent: boolean;
  /** Why the provider did not send it although it had taken it; null for every other event. */
  failure: string | null;
};

const tags = z.union([
  z.record(z.string(), z.string()),
  z
    .array(z.object({ name: z.string(), value: z.string() }))
    .transform((list) => Object.fromEntries(list.map(({ name, value }) => [name, value]))),
]);

/** Only what is needed; Resend adds to its events without notice. https://resend.com/docs/webhooks/event-types */
const schema = z.object({
  type: z.string().max(100),
  data: z
    .object({
      email_id: z.string().max(200).nullish(),
      tags: tags.nullish().catch(null),
      bounce: z.object({ type: z.string().nullish() }).nullish().catch(null),
      failed: z.object({ reason: z.string().nullish() }).nullish().catch(null),
    })
    .catch({}),
});

/** The three headers of a signed event (https://docs.svix.com/receiving/verifying-payloads/how-manual). */
export type EventHeaders = { id: string; timestamp: string; signature: string };

/**
 * Reads an event of Resend's after checking that it is Resend's and not older than five minutes.
 * @param body as it came, byte for byte
 * @returns null for one that is not Resend's, or is no event
 */
export function readProviderEvent(body: string, headers: EventHeaders, secret: string): ProviderEvent | null {
  const parsed = schema.safeParse(verified(body, headers, secret));
  if (!parsed.success) return null;
  const { type, data } = parsed.data;
  const permanent = type === "email.suppressed" || data.bounce?.type === "Permanent";
  const failure = type === "email.failed" ? shortCode(data.failed?.reason, "failed") : null;
  const names = { mailId: uuidOrNull(data.tags?.mail), providerId: data.email_id ?? null };
  return { type, ...names, permanent, failure };
}

function verified(body: string, headers: EventHeaders, secret: string): unknown {
  try {
    // The key is that of calls, of which this makes none.
    return new Resend("re_none").webhooks.verify({ payload: body, headers, webhookSecret: secret });
  } catch {
    return undefined;
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const uuidOrNull = (text: string | undefined) => (text && UUID.test(text) ? text : null);
