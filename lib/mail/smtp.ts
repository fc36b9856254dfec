import { createTransport } from "nodemailer";
import {
  type Delivered,
  type OutgoingMail,
  PermanentMailError,
  TemporaryMailError,
  type Transport,
} from "@/lib/mail/outcomes";

const TIMEOUTS = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
};

/** Refusals of this recipient or this content; others are about us or the connection, and may pass. */
const ABOUT_THE_MAIL = ["EENVELOPE", "EMESSAGE"];

export type SmtpConfig = { url: string; timeouts?: Partial<typeof TIMEOUTS> };

/** Sends through a mail server; encrypted as the address says (`smtps:`, or `smtp:` with `?requireTLS=true`). */
export function smtpTransport({ url, timeouts }: SmtpConfig): Transport {
  const options = { url, ...TIMEOUTS, ...timeouts, disableFileAccess: true, disableUrlAccess: true };
  const transport = createTransport(options);
  return async (mail) => {
    try {
      return accepted(await transport.sendMail(message(mail)));
    } catch (error) {
      throw refused(error);
    }
  };
}

/** Two deliveries of one mail carry one Message-ID: SMTP itself cannot promise that there is only one. */
function message({ idempotencyKey, from, ...mail }: OutgoingMail) {
  const domain = /@([^@>\s]+)>?$/.exec(from)?.[1] ?? "localhost";
  return { ...mail, from, messageId: `<${idempotencyKey}@${domain}>` };
}

function accepted({ response }: { response: string }): Delivered {
  const queued = /(?:queued as|id=)\s*([A-Za-z0-9._-]{1,100})/i.exec(response)?.[1];
  return { outcome: "sent", providerId: queued ?? null };
}

/** What a failure means. nodemailer's own message may quote the address, so that only codes leave this file. */
function refused(error: unknown): TemporaryMailError | PermanentMailError {
  const { code, responseCode, command } = error as { code?: string; responseCode?: number; command?: string };
  const about = ABOUT_THE_MAIL.includes(code ?? "") && command !== "MAIL FROM";
  if (about && responseCode && responseCode >= 500) return new PermanentMailError(`smtp-${responseCode}`);
  return new TemporaryMailError(responseCode ? `smtp-${responseCode}` : "unreachable");
}
