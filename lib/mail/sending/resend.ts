import { type ErrorResponse, Resend } from "resend";
import {
  type MailCall,
  type MailOutcome,
  type OutgoingMail,
  PermanentMailError,
  shortCode,
  TemporaryMailError,
  type Transport,
} from "@/lib/mail/sending/outcomes";

const TIMEOUT_MS = 15_000;
const QUOTA_PAUSE_SECONDS = 3_600;
/** The most that one call takes: https://resend.com/docs/api-reference/emails/send-batch-emails */
const MOST_AT_ONCE = 100;
/** What Resend allows unless it was asked for more: https://resend.com/docs/api-reference/rate-limit */
const CALLS_PER_SECOND = 2;

/** Refusals that no retry mends: what is wrong is the mail itself. */
const PERMANENT_STATUS = [400, 413, 422];
/** What is wrong is our configuration, which its operator can mend while the mail waits. */
const OPERATOR_ERRORS = ["invalid_from_address", "missing_api_key", "invalid_api_key", "restricted_api_key"];

type ResendConfig = { apiKey: string; baseUrl?: string; callsPerSecond?: number; timeoutMs?: number };

/** Sends through Resend's API. The SDK itself neither throws nor ends a request that hangs. */
export function resendTransport(config: ResendConfig): Transport {
  const { apiKey, baseUrl, timeoutMs = TIMEOUT_MS } = config;
  const resend = new Resend(apiKey, baseUrl ? { baseUrl: baseUrl.replace(/\/+$/, "") } : {});
  return {
    provider: "resend",
    most: MOST_AT_ONCE,
    honoursKeys: true,
    callsPerSecond: config.callsPerSecond ?? CALLS_PER_SECOND,
    send: (call) =>
      call.together ? sendTogether(resend, call, timeoutMs) : sendOne(resend, call, timeoutMs),
  };
}

async function sendOne(resend: Resend, call: MailCall, timeoutMs: number): Promise<MailOutcome[]> {
  const [mail] = call.mails;
  if (!mail) return [];
  const { data, error, headers } = await resend.emails.send(body(mail), options(call, timeoutMs));
  if (error) return refused(call, error, headers);
  // An answer that is not Resend's, such as a proxy's page: the key makes asking again harmless.
  if (typeof data?.id !== "string") throw new TemporaryMailError("unexpected-answer");
  return [{ sent: true, providerId: data.id }];
}

/** One mail that Resend finds wrong is named in its answer; the others are sent. */
async function sendTogether(resend: Resend, call: MailCall, timeoutMs: number): Promise<MailOutcome[]> {
  const permissive = { ...options(call, timeoutMs), batchValidation: "permissive" } as const;
  const { data, error, headers } = await resend.batch.send(call.mails.map(body), permissive);
  if (error) return refused(call, error, headers);
  if (!Array.isArray(data?.data)) throw new TemporaryMailError("unexpected-answer");
  const wrong = new Set((data.errors ?? []).map(({ index }) => index));
  const ids = data.data.map(({ id }) => id);
  // Without as many identifiers as mails nobody can say which is whose.
  const known = ids.length === call.mails.length - wrong.size;
  return call.mails.map((_, index) => {
    if (wrong.has(index)) return { sent: false, code: "validation_error" };
    return { sent: true, providerId: (known && ids.shift()) || null };
  });
}

const body = ({ id, ...mail }: OutgoingMail) => ({ ...mail, tags: [{ name: "mail", value: id }] });

const options = ({ key }: MailCall, timeoutMs: number) => ({
  idempotencyKey: key,
  signal: AbortSignal.timeout(timeoutMs),
});

/** What an error of the API means, by https://resend.com/docs/api-reference/errors */
function refused(
  { mails }: MailCall,
  { name, statusCode }: ErrorResponse,
  headers: Record<string, string> | null,
): MailOutcome[] {
  // The key was used with another content: an attempt from before something changed was accepted.
  if (statusCode === 409 && name === "invalid_idempotent_request")
    return mails.map(() => ({ sent: true, providerId: null }));
  const code = shortCode(name, "refused");
  if (statusCode && PERMANENT_STATUS.includes(statusCode) && !OPERATOR_ERRORS.includes(name)) {
    throw new PermanentMailError(code);
  }
  const pause =
    retryAfter(headers?.["retry-after"]) ?? (/quota_exceeded$/.test(name) ? QUOTA_PAUSE_SECONDS : undefined);
  const tookNone = isRefusal(name, statusCode);
  const about = tookNone && statusCode !== 429 ? "configuration" : "provider";
  throw new TemporaryMailError(statusCode ? code : "unreachable", about, pause, tookNone);
}

/**
 * Whether the API has certainly taken nothing. After a 5xx, another call under the same key (409), or a page of something
 * in between (which the SDK calls `application_error`) it may have.
 */
const isRefusal = (name: string, status: number | null) =>
  Boolean(status && status >= 400 && status < 500 && status !== 409) && name !== "application_error";

/**
 * Reads `Retry-After`: seconds or a date (RFC 9110, 10.2.3). Half a day at most: providers forget idempotency
 * keys after a day.
 */
export function retryAfter(value: string | undefined, now = Date.now()): number | undefined {
  if (!value) return undefined;
  const seconds = /^\d+$/.test(value.trim()) ? Number(value) : Math.ceil((Date.parse(value) - now) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), 43_200);
}
