import { createHmac, randomUUID } from "node:crypto";

/** The secret of the tests' webhook. */
export const WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/** An event as the provider posts it, signed as svix does (https://docs.svix.com/receiving/verifying-payloads/how-manual). */
export function signedEvent(
  event: object | string,
  { id = `msg_${randomUUID()}`, at = Date.now(), secret = WEBHOOK_SECRET } = {},
) {
  const body = typeof event === "string" ? event : JSON.stringify(event);
  const timestamp = String(Math.floor(at / 1_000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  return { body, headers: { id, timestamp, signature } };
}
