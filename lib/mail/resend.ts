import { type ErrorResponse, Resend } from "resend";
import { PermanentMailError, shortCode, TemporaryMailError, type Transport } from "@/lib/mail/outcomes";

const TIMEOUT_MS = 15_000;
const QUOTA_PAUSE_SECONDS = 3_600;

/** Refusals that no retry mends: what is wrong is the mail itself. */
const PERMANENT_STATUS = [400, 413, 422];
/** What is wrong is our configuration, which its operator can mend while the mail waits. */
const OPERATOR_ERRORS = ["invalid_from_address", "missing_api_key", "invalid_api_key", "restricted_api_key"];

export type ResendConfig = { apiKey: string; baseUrl?: string; timeoutMs?: number };

/** Sends through Resend's API. The SDK itself neither throws nor ends a request that hangs. */
export function resendTransport({ apiKey, baseUrl, timeoutMs = TIMEOUT_MS }: ResendConfig): Transport {
  const resend = new Resend(apiKey, baseUrl ? { baseUrl: baseUrl.replace(/\/+$/, "") } : {});
  return async ({ idempotencyKey, ...mail }) => {
    const options = { idempotencyKey, signal: AbortSignal.timeout(timeoutMs) };
    const { data, error, headers } = await resend.emails.send(mail, options);
    if (error) return refused(error, headers);
    // An answer that is not Resend's, such as a proxy's page: the key makes asking again harmless.
    if (typeof data?.id !== "string") throw new TemporaryMailError("unexpected-answer");
    return { outcome: "sent", providerId: data.id };
  };
}

/** What an error of the API means, by https://resend.com/docs/api-reference/errors */
function refused(
  error: ErrorResponse,
  headers: Record<string, string> | null,
): { outcome: "sent"; providerId: null } {
  const { name, statusCode } = error;
  // This key has been used with another content: an earlier attempt, before something was changed, was accepted.
  if (statusCode === 409 && name === "invalid_idempotent_request")
    return { outcome: "sent", providerId: null };
  const code = shortCode(name, "refused");
  if (statusCode && PERMANENT_STATUS.includes(statusCode) && !OPERATOR_ERRORS.includes(name)) {
    throw new PermanentMailError(code);
  }
  const pause =
    retryAfter(headers?.["retry-after"]) ?? (/quota_exceeded$/.test(name) ? QUOTA_PAUSE_SECONDS : undefined);
  throw new TemporaryMailError(statusCode ? code : "unreachable", pause);
}

/** Reads `Retry-After`: seconds or a date (RFC 9110, 10.2.3). Half a day at most, for a provider forgets idempotency keys after a day. */
export function retryAfter(value: string | undefined, now = Date.now()): number | undefined {
  if (!value) return undefined;
  const seconds = /^\d+$/.test(value.trim()) ? Number(value) : Math.ceil((Date.parse(value) - now) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), 43_200);
}
