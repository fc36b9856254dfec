import { env } from "@/lib/env";
import { type EncryptedMail, encryptEnvelope } from "@/lib/mail/sending/envelope";
import type { MailCall, MailOutcome, OutgoingMail, Transport } from "@/lib/mail/sending/outcomes";
import { resendTransport } from "@/lib/mail/sending/resend";
import { smtpTransport } from "@/lib/mail/sending/smtp";

// RFC 3834: no holiday notes in answer to a machine.
const AUTOMATIC = { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" };

let transport: Transport | undefined;

/** The provider that the configuration names: Resend, else the mail server. */
export function mailProvider(): Omit<Transport, "send"> {
  transport ??= chooseTransport();
  return transport;
}

/**
 * A mail with what every mail of ours says, and nothing that could end a header or add a recipient.
 * @throws PermanentMailError for a mail that no provider may see
 */
export function addressedMail(mail: OutgoingMail): EncryptedMail {
  return encryptEnvelope({ ...mail, headers: { ...AUTOMATIC, ...mail.headers } });
}

/**
 * Hands mails to the provider. Once at most through Resend, whatever the number of attempts with one key; at least once
 * through SMTP.
 * @throws TemporaryMailError to be tried again later, PermanentMailError to be given up or taken apart
 */
export async function deliver(call: MailCall & { mails: EncryptedMail[] }): Promise<MailOutcome[]> {
  transport ??= chooseTransport();
  return transport.send(call);
}

function chooseTransport(): Transport {
  const { resendApiKey, resendBaseUrl, smtpUrl, mailRate } = env();
  if (resendApiKey) {
    return resendTransport({ apiKey: resendApiKey, baseUrl: resendBaseUrl, callsPerSecond: mailRate });
  }
  if (smtpUrl) return smtpTransport({ url: smtpUrl, callsPerSecond: mailRate });
  throw new Error("no way to send mail is configured");
}
