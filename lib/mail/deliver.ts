import { env } from "@/lib/env";
import { sealEnvelope } from "@/lib/mail/envelope";
import type { Delivered, OutgoingMail, Transport } from "@/lib/mail/outcomes";
import { resendTransport } from "@/lib/mail/resend";
import { smtpTransport } from "@/lib/mail/smtp";

// RFC 3834: no holiday notes in answer to a machine.
const AUTOMATIC = { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" };

let transport: Transport | undefined;

/**
 * Hands a mail to the provider that the configuration names: Resend, else the mail server. Once at most through
 * Resend, whatever the number of attempts with one idempotency key; at least once through SMTP.
 * @throws TemporaryMailError to be tried again later, PermanentMailError to be given up
 */
export async function deliver(mail: OutgoingMail): Promise<Delivered> {
  const safe = sealEnvelope({ ...mail, headers: { ...AUTOMATIC, ...mail.headers } });
  transport ??= chooseTransport();
  return transport(safe);
}

function chooseTransport(): Transport {
  const { resendApiKey, resendBaseUrl, smtpUrl } = env();
  if (resendApiKey) return resendTransport({ apiKey: resendApiKey, baseUrl: resendBaseUrl });
  if (smtpUrl) return smtpTransport({ url: smtpUrl });
  throw new Error("no way to send mail is configured");
}
