import { domainToASCII } from "node:url";
import { type OutgoingMail, PermanentMailError } from "@/lib/mail/sending/outcomes";

// RFC 5321 and 6531 without quoted local parts. Nothing may end a header or a command, or add a recipient.
const LOCAL_PART = /^[^\s\p{Cc}\p{Cf}<>()[\]{},;:\\"@]{1,64}$/u;
const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;
const MAX_LENGTH = 254;
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]*$/;

/**
 * An address in the form that mail servers take: the domain in ASCII.
 * @throws PermanentMailError `invalid-address`
 */
function envelopeAddress(address: string): string {
  const at = address.lastIndexOf("@");
  const local = address.slice(0, Math.max(at, 0));
  const domain = domainToASCII(address.slice(at + 1));
  const plain = `${local}@${domain}`;
  if (!LOCAL_PART.test(local) || !DOMAIN.test(domain) || plain.length > MAX_LENGTH) {
    throw new PermanentMailError("invalid-address");
  }
  return plain;
}

declare const encrypted: unique symbol;

/** A mail whose envelope and headers were looked at; providers see no other. */
export type EncryptedMail = OutgoingMail & { readonly [encrypted]: true };

/**
 * Refuses control characters wherever they would end up in a header.
 * @throws PermanentMailError `invalid-address` or `invalid-header`
 */
export function encryptEnvelope(mail: OutgoingMail): EncryptedMail {
  const to = envelopeAddress(mail.to);
  const headers = Object.entries(mail.headers ?? {});
  const values = [mail.subject, mail.from, mail.replyTo ?? "", mail.id, ...headers.map(([, value]) => value)];
  const clean = values.every((value) => !/[\p{Cc}\u2028\u2029]/u.test(value));
  if (!clean || !headers.every(([name]) => HEADER_NAME.test(name)))
    throw new PermanentMailError("invalid-header");
  return { ...mail, to } as EncryptedMail;
}
