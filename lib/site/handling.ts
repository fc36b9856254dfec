import { NETWORK_DAYS } from "@/lib/abuse/limits/limits";
import { SESSION_HOURS } from "@/lib/auth/rules";
import { sessionCookie } from "@/lib/auth/session-cookie";
import { env } from "@/lib/env";
import { MAIL_RECORD_DAYS, SUPPRESSED_DAYS } from "@/lib/mail/rules";
import { PENDING_DAYS, TOKEN_DAYS } from "@/lib/signatures/rules";

/** Who carries our emails: Resend, a server of this machine, or another one by its name. */
export type Carrier = { is: "resend" } | { is: "own" } | { is: "server"; host: string };

/** For how many days the program keeps what it deletes by itself. */
export const KEPT_DAYS = {
  unconfirmed: PENDING_DAYS,
  network: NETWORK_DAYS,
  link: TOKEN_DAYS,
  email: MAIL_RECORD_DAYS,
  bounced: SUPPRESSED_DAYS.BOUNCED,
  complained: SUPPRESSED_DAYS.COMPLAINED,
} as const;

/** What this deployment does with data, as its code and configuration have it: for the privacy page. */
export function dataHandling() {
  return { carrier: carrier(), cookie: sessionCookie().name, sessionHours: SESSION_HOURS };
}

function carrier(): Carrier {
  const { resendApiKey, smtpUrl } = env();
  if (resendApiKey) return { is: "resend" };
  const host = smtpUrl ? new URL(smtpUrl).hostname : "";
  return /^(?:localhost|127\.|\[?::1)/.test(host) || !host.includes(".")
    ? { is: "own" }
    : { is: "server", host };
}
