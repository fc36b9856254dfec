import { SESSION_HOURS } from "@/lib/auth/rules";
import { sessionCookie } from "@/lib/auth/session-cookie";
import { env } from "@/lib/env";

/** Who carries our emails: Resend, a server of this machine, or another one by its name. */
export type Carrier = { is: "resend" } | { is: "own" } | { is: "server"; host: string };

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
