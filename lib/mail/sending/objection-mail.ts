import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { TITLES, titleOf } from "@/lib/letters/titles";
import type { NewMail } from "@/lib/mail/outbox";
import type { ReadyMail } from "@/lib/mail/sending/ready-mail";
import { publicAddress, SENDER_COLUMNS, senderLetter, stopAddress } from "@/lib/mail/sending/signature-mail";
import { openContents } from "@/lib/objections/contents";
import { DECISION_DAYS, outcomeOf } from "@/lib/objections/rules";
import { LINK_DAYS } from "@/lib/retention/rules";
import { spellingHash } from "@/lib/signatures/claim";

/**
 * Reads what a mail to an objector says: which letter the entry is of, but not its name or anything typed.
 * @returns null where there is nothing to say any more
 */
export async function objectionMail(
  mail: Extract<NewMail, { objectionId: string }>,
  now: Date,
): Promise<ReadyMail | null> {
  const row = await db.objection.findUnique({
    where: { id: mail.objectionId },
    include: { signature: { select: { letter: { select: { slug: true, ...TITLES, ...SENDER_COLUMNS } } } } },
  });
  const opened = row && openContents(row);
  if (!row || !opened) return null;
  const { key, email: to, locale, token } = opened;
  const { letter } = row.signature;
  const sender = senderLetter(letter, locale);
  const { title, locale: textLocale } = titleOf(letter, locale);
  const about = { title, organiserName: sender.organiserName, locale: textLocale };
  const recipient = spellingHash(to);
  const ready = { to, locale, key, recipient, letters: [sender] };
  if (mail.message === "confirm-objection") {
    if (row.state !== "UNCONFIRMED") return null;
    const link = publicAddress(locale, `/objections/${decrypt(key, "mail.token", mail.encryptedToken)}`);
    const days = { linkDays: LINK_DAYS, decisionDays: DECISION_DAYS };
    const stop = await stopAddress(recipient, locale, now);
    return { ...ready, stop, content: { message: mail.message, letter: about, link, ...days } };
  }
  if (row.state === "UNCONFIRMED" || row.state === "OPEN") return null;
  const page = token ? `/objections/${token}` : `/letters/${letter.slug}/signatories`;
  const link = publicAddress(locale, page);
  return { ...ready, content: { message: mail.message, letter: about, link, outcome: outcomeOf(row) } };
}
