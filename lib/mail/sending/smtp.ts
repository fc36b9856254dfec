import { createTransport } from "nodemailer";
import { NO_MAILBOX } from "@/lib/mail/rules";
import {
  type MailOutcome,
  type OutgoingMail,
  PermanentMailError,
  TemporaryMailError,
  type Transport,
} from "@/lib/mail/sending/outcomes";
import { withWholeLinks } from "@/lib/mail/sending/whole-links";

const TIMEOUTS = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
};

/** Refusals of this recipient or this content; others are about us or the connection, and may pass. */
const ABOUT_THE_MAIL = ["EENVELOPE", "EMESSAGE"];
/** The enhanced code of a refusal for good (RFC 3463), after the code of SMTP itself and as the first of its words. */
const ENHANCED = /^5\d\d[ -](5\.\d{1,3}\.\d{1,3})(?!\S)/;
/**
 * Codes that say that the mailbox or its domain is not there: bad mailbox, bad domain, bad syntax, moved without an
 * address (RFC 3463, X.1.1 to X.1.3 and X.1.6), a domain that takes no mail (RFC 7505, X.1.10). Others, and a 550
 * without such a code, may be about us, our words or the moment.
 */
const GONE = ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"];

type SmtpConfig = { url: string; callsPerSecond?: number; timeouts?: Partial<typeof TIMEOUTS> };

/** Sends through a mail server; encrypted as the address says (`smtps:`, or `smtp:` with `?requireTLS=true`). */
export function smtpTransport({ url, callsPerSecond, timeouts }: SmtpConfig): Transport {
  const options = { url, ...TIMEOUTS, ...timeouts, disableFileAccess: true, disableUrlAccess: true };
  const transport = createTransport(options);
  const send: Transport["send"] = async ({ mails: [mail] }) => {
    if (!mail) return [];
    try {
      return [accepted(await transport.sendMail(message(mail)))];
    } catch (error) {
      throw refused(error);
    }
  };
  return { provider: "smtp", most: 1, honoursKeys: false, callsPerSecond: callsPerSecond ?? null, send };
}

/** Two deliveries of one mail carry one Message-ID: SMTP itself cannot promise that there is only one. */
function message({ id, from, ...mail }: OutgoingMail) {
  const domain = /@([^@>\s]+)>?$/.exec(from)?.[1] ?? "localhost";
  return { ...mail, ...withWholeLinks(mail), from, messageId: `<${id}@${domain}>` };
}

function accepted({ response }: { response: string }): MailOutcome {
  const queued = /(?:queued as|id=)\s*([A-Za-z0-9._-]{1,100})/i.exec(response)?.[1];
  return { sent: true, providerId: queued ?? null };
}

type SmtpFailure = {
  code?: string;
  responseCode?: number;
  command?: string;
  response?: string;
  syscall?: string;
};

/** What a failure means. nodemailer's own message may quote the address, so that only codes leave this file. */
function refused(error: unknown): TemporaryMailError | PermanentMailError {
  const { code, responseCode, command, response, syscall } = error as SmtpFailure;
  const about = ABOUT_THE_MAIL.includes(code ?? "") && command !== "MAIL FROM";
  if (about && responseCode && responseCode >= 500) {
    const enhanced = ENHANCED.exec(response ?? "")?.[1];
    if (enhanced && command === "RCPT TO" && GONE.includes(enhanced))
      return new PermanentMailError(`${NO_MAILBOX}${enhanced}`, true);
    return new PermanentMailError(["smtp", responseCode, enhanced].filter(Boolean).join("-"));
  }
  // Where no connection came about the server has taken nothing; where one broke, nobody knows.
  if (!responseCode)
    return new TemporaryMailError(
      "unreachable",
      "provider",
      undefined,
      syscall === "connect" || code === "EDNS",
    );
  // 421 is the server's farewell, whatever it answers (RFC 5321, 3.8).
  const whose =
    about && responseCode !== 421 ? "mail" : command === "MAIL FROM" ? "configuration" : "provider";
  return new TemporaryMailError(`smtp-${responseCode}`, whose, undefined, true);
}
