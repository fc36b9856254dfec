import { env } from "@/lib/env";
import { contactAddress } from "@/lib/mail/contact-address";
import {
  type AskTxt,
  askTxt,
  lookUpRecords,
  type RecordResult,
  type Sending,
} from "@/lib/mail/domain-records";

/** How this site's mails leave, as its configuration says it. */
export function ownSending(): Sending {
  const domain = contactAddress().split("@").at(-1)?.toLowerCase() ?? "";
  // Resend signs with this key and has bounces sent to a domain of its own below the sender's.
  return env().resendApiKey
    ? { domain, spfAt: `send.${domain}`, spf: "include:amazonses.com", dkim: "resend" }
    : { domain, spfAt: domain, spf: null, dkim: null };
}

/** Names that no name server may know (RFC 6761): of a site on one's own machine, and of tests. */
const RESERVED = /(?:^|\.)(?:localhost|test|example|invalid|local)$/;

/** The records of the domain that this site's mails come from, looked up now. */
export function lookUpOwnRecords(ask?: AskTxt): Promise<RecordResult[]> {
  const sending = ownSending();
  const nobody: AskTxt = async () => Promise.reject(new Error("a reserved name"));
  return lookUpRecords(sending, ask ?? (RESERVED.test(sending.domain) ? nobody : askTxt()));
}
