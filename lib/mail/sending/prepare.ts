import { deflateRawSync, inflateRawSync } from "node:zlib";
import { db } from "@/lib/db/client";
import { decryptWith, encryptWith } from "@/lib/encryption/cipher";
import { EncryptionError } from "@/lib/errors";
import { translator } from "@/lib/i18n/translator";
import { contactAddress } from "@/lib/mail/contact-address";
import { renderMail } from "@/lib/mail/content/render";
import type { NewMail } from "@/lib/mail/outbox";
import { UNKNOWN, UNREADABLE, UNRENDERED } from "@/lib/mail/rules";
import { addressedMail } from "@/lib/mail/sending/deliver";
import { discreetly } from "@/lib/mail/sending/discreet";
import type { EncryptedMail } from "@/lib/mail/sending/envelope";
import { encryptEnvelope } from "@/lib/mail/sending/envelope";
import { invitationMail } from "@/lib/mail/sending/invitation";
import { leftMail } from "@/lib/mail/sending/left-mail";
import { mailboxMail } from "@/lib/mail/sending/mailbox-mail";
import { moveMail } from "@/lib/mail/sending/move-mail";
import { noticeMail } from "@/lib/mail/sending/notice-mail";
import { objectionMail } from "@/lib/mail/sending/objection-mail";
import { PermanentMailError } from "@/lib/mail/sending/outcomes";
import type { ReadyMail } from "@/lib/mail/sending/ready-mail";
import { senderOf } from "@/lib/mail/sending/sender";
import { type Outcome, type Settled, settleMails } from "@/lib/mail/sending/settle";
import { signInMail } from "@/lib/mail/sending/sign-in-mail";
import { signatureMail } from "@/lib/mail/sending/signature-mail";
import { testEmail } from "@/lib/mail/sending/test-email";
import { textMail } from "@/lib/mail/sending/text-mail";
import type { WaitingMail } from "@/lib/mail/sending/waiting";
import { isSuppressed } from "@/lib/mail/suppress-address";
import { siteNow } from "@/lib/site/queries";

export type PreparedMail = WaitingMail & {
  recipient: string | null;
  rendered: string;
  outgoing: EncryptedMail;
};

type Prepared = PreparedMail | Outcome;

const AT_ONCE = 8;

/**
 * Prepares waiting mails for calls, in their order, until there are enough. Those of which there is nothing to send leave
 * before, each with its outcome, so that a call can be written down as it is.
 * @param report gets one line for a mail that cannot be read
 * @throws where the database fails; then no call may be made
 */
export async function prepareMails(
  mails: WaitingMail[],
  most: number,
  now: Date,
  report: (line: string) => void,
): Promise<PreparedMail[]> {
  const ready: PreparedMail[] = [];
  const leaving: Settled[] = [];
  for (let at = 0; at < mails.length && ready.length < most; ) {
    const some = mails.slice(at, at + Math.min(AT_ONCE, most - ready.length));
    const prepared = await Promise.all(some.map((mail) => prepareMail(mail, now, report)));
    for (const [place, mail] of some.entries()) {
      const one = prepared[place] as Prepared;
      if ("is" in one) leaving.push({ mail, ...one });
      else ready.push(one);
    }
    at += some.length;
  }
  await settleMails(leaving, now);
  return ready;
}

/**
 * Reads and renders a waiting mail, once: one that was in a call is repeated to the byte. What has nothing to say any more
 * and addresses that get no more mail are left out here, no matter who sends.
 */
export async function prepareMail(
  waiting: WaitingMail,
  now: Date,
  report: (line: string) => void,
): Promise<Prepared> {
  try {
    const { mail } = waiting;
    const whole = await readMail(mail, now);
    if (!whole) return { is: "nothing" };
    if (whole.recipient && (await isSuppressed(db, whole.recipient, mail.message)))
      return { is: "failed", code: "suppressed" };
    const ready = await discreetly(whole, mail);
    return { ...waiting, recipient: ready.recipient, ...(await written(waiting, ready)) };
  } catch (error) {
    if (error instanceof PermanentMailError) return { is: "failed", code: error.code };
    // A database that fails says nothing about a mail.
    if (!(error instanceof EncryptionError || error instanceof RenderError)) throw error;
    report(`A mail cannot be read: ${error.name}.`);
    const code = error instanceof RenderError ? UNRENDERED : UNREADABLE;
    return waiting.unheardAt ? { is: "failed", code: UNKNOWN } : { is: "later", code };
  }
}

function readMail(mail: NewMail, now: Date): Promise<ReadyMail | null> {
  switch (mail.message) {
    case "admin-sign-in":
      return signInMail(mail, now);
    case "test-email":
      return testEmail(mail);
    case "admin-invitation":
      return invitationMail(mail);
    case "admin-notice":
      return noticeMail(mail);
    case "confirm-signature":
      return mailboxMail(mail, now);
    case "confirm-objection":
    case "objection-decided":
      return objectionMail(mail, now);
    case "text-changed":
    case "text-confirm":
    case "text-reminder":
      return textMail(mail.message, mail.signatureId, now);
    case "signature-withdrawn":
    case "address-moved":
      return leftMail(mail);
    case "address-confirm":
    case "address-asked":
      return moveMail(mail, now);
    default:
      return signatureMail({ ...mail, message: mail.message }, now);
  }
}

const CONTEXT = "mail.rendered";

async function written({ id, rendered }: WaitingMail, ready: ReadyMail) {
  const { key, to, locale, content, stop, letters, discreet } = ready;
  if (rendered) {
    const bytes = inflateRawSync(decryptWith(key, CONTEXT, rendered));
    return { rendered, outgoing: encryptEnvelope(JSON.parse(bytes.toString("utf8"))) };
  }
  const {
    about,
    name: _,
    ...sender
  } = discreet
    ? { from: contactAddress(), name: null, about: undefined }
    : senderOf(letters, await siteNow(db), locale, translator(locale, "mail"));
  const words = await renderMail(content, locale, { stop, about }).catch((cause: unknown) => {
    throw new RenderError(cause);
  });
  // RFC 2369. A page is behind it, not the one click of RFC 8058: mail programs post that without an Origin.
  const headers = stop ? { "List-Unsubscribe": `<${stop}>` } : undefined;
  const outgoing = addressedMail({ id, ...words, ...sender, to, headers });
  return { outgoing, rendered: encryptWith(key, CONTEXT, deflateRawSync(JSON.stringify(outgoing))) };
}

/** Our own failure with one mail, whatever the others are like. */
class RenderError extends Error {
  override name = "RenderError";

  constructor(cause: unknown) {
    super("a mail cannot be rendered", { cause });
  }
}
