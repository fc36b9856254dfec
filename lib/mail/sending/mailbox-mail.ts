import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import type { MailedLetter } from "@/lib/mail/content/content";
import type { NewMail } from "@/lib/mail/outbox";
import type { ReadyMail } from "@/lib/mail/sending/ready-mail";
import {
  letterOf,
  publicAddress,
  SENDER_COLUMNS,
  senderLetter,
  stopAddress,
} from "@/lib/mail/sending/signature-mail";
import { KEPT_DAYS, LINK_DAYS } from "@/lib/retention/rules";
import { spellingHash } from "@/lib/signatures/claim";
import { decryptMailboxKey } from "@/lib/signatures/confirmation-link";
import { decryptLanguage } from "@/lib/signatures/encrypted-origin";
import { findLink, shownBy } from "@/lib/signatures/queries";

const COLUMNS = {
  id: true,
  address: true,
  addressHash: true,
  spellingHash: true,
  encryptedLanguage: true,
  key: { select: { wrapped: true } },
  letter: { select: { slug: true, locale: true, ...SENDER_COLUMNS } },
  version: { select: { texts: { select: { locale: true, title: true } } } },
} as const;

/**
 * Reads what the mail with a mailbox's link says: which letters wait there, and nothing that anybody typed. It goes to the
 * plain spelling where that waits, in the language of the first entry.
 * @returns null where nothing waits any more, or the link is over
 */
export async function mailboxMail(
  mail: Extract<NewMail, { message: "confirm-signature" }>,
  now: Date,
): Promise<ReadyMail | null> {
  const mailbox = await db.mailbox.findUnique({ where: { hash: mail.mailboxHash ?? "" } });
  if (!mailbox) return null;
  const key = decryptMailboxKey(mailbox.hash, mailbox.wrapped);
  const token = decrypt(key, "mail.token", mail.encryptedToken);
  const link = await findLink(db, token);
  if (!link || link.usedAt || link.expiresAt <= now) return null;
  const rows = await db.signature.findMany({
    where: { ...shownBy(link), state: "PENDING", expiresAt: { gt: now } },
    orderBy: [{ submittedAt: "asc" }, { id: "asc" }],
    select: COLUMNS,
  });
  const addressee = rows.find((row) => row.spellingHash === row.addressHash) ?? rows[0];
  if (!addressee?.key || !addressee.address) return null;
  const ownKey = decryptDataKey(addressee.id, addressee.key.wrapped);
  const to = decrypt(ownKey, "signature.address", addressee.address);
  const locale = decryptLanguage(ownKey, addressee.encryptedLanguage);
  const letters = new Map(rows.map((row) => [row.letter.slug, letterOf({ ...row, locale })]));
  const recipient = spellingHash(to);
  return {
    to,
    locale,
    key,
    recipient,
    stop: await stopAddress(recipient, locale, now),
    letters: rows.map(({ letter }) => senderLetter(letter, locale)),
    content: {
      message: "confirm-signature",
      letters: [...letters.values()] as MailedLetter[],
      link: publicAddress(locale, `/signatures/${token}/confirm`),
      linkDays: LINK_DAYS,
      eraseDays: KEPT_DAYS.unconfirmed,
    },
  };
}
