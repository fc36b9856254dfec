import { db } from "@/lib/db/client";
import { decryptAddressee, wantsDiscretion } from "@/lib/mail/addressee";
import type { DiscreetMessage, MailContent } from "@/lib/mail/content/content";
import type { NewMail } from "@/lib/mail/outbox";
import type { ReadyMail } from "@/lib/mail/sending/ready-mail";
import { publicAddress } from "@/lib/mail/sending/signature-mail";

/**
 * The same mail for a mailbox that wants it discreet: it says what to do, and neither about which letter, of whom, nor what
 * has happened. Its link leads to the page that says so. The strictest wish of a mailbox holds for all its mails.
 */
export async function discreetly(ready: ReadyMail, mail: NewMail): Promise<ReadyMail> {
  if (!(await isWanted(ready, mail))) return ready;
  // Of what is gone there is no page, and no other address may say what it was.
  const token = tokenIn(ready.content);
  const link = publicAddress(ready.locale, token ? `/m/${token}` : "/");
  return { ...ready, letters: [], discreet: true, content: contentOf(ready.content, link) };
}

async function isWanted({ to, recipient }: ReadyMail, mail: NewMail): Promise<boolean> {
  if ("encryptedAddressee" in mail) return decryptAddressee(mail.encryptedAddressee).discreet;
  const about = "signatureId" in mail ? (mail.signatureId ?? undefined) : undefined;
  return recipient !== null && wantsDiscretion(db, to, about);
}

/** The token of the page that a mail leads to, where it is a page of its own. */
function tokenIn({ link }: MailContent): string | null {
  return /\/(?:signatures|objections)\/([^/?#]+)/.exec(link)?.[1] ?? null;
}

const ABOUT: Partial<Record<MailContent["message"], DiscreetMessage>> = {
  "confirm-signature": "discreet-confirm",
  "confirm-objection": "discreet-confirm",
  "address-confirm": "discreet-confirm",
  "text-confirm": "discreet-answer",
  "text-reminder": "discreet-answer",
  "show-proposed": "discreet-check",
  "address-asked": "discreet-check",
  "signature-withdrawn": "discreet-withdrawn",
  "address-moved": "discreet-moved",
};

function contentOf(content: MailContent, link: string): MailContent {
  const page = "noted" in content && content.noted;
  const message = (!page && ABOUT[content.message]) || "discreet-news";
  const answerBy = "answerBy" in content ? content.answerBy : null;
  const zone = "zone" in content ? content.zone : "UTC";
  return { message, link, answerBy, zone };
}
