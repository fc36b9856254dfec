import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { nameOfSeveral } from "@/lib/mail/one-of-several";
import type { NewMail } from "@/lib/mail/outbox";
import { hasStopLink } from "@/lib/mail/rules";
import type { ReadyMail } from "@/lib/mail/sending/ready-mail";
import {
  letterOf,
  publicAddress,
  SENDER_COLUMNS,
  senderLetter,
  stopAddress,
} from "@/lib/mail/sending/signature-mail";
import { spellingHash } from "@/lib/signatures/claim";
import { decryptLanguage } from "@/lib/signatures/encrypted-origin";
import { findMove } from "@/lib/signatures/move/find-move";

const COLUMNS = {
  address: true,
  encryptedLanguage: true,
  key: { select: { wrapped: true } },
  letter: { select: { slug: true, locale: true, ...SENDER_COLUMNS } },
  version: { select: { texts: { select: { locale: true, title: true } } } },
} as const;

/** Reads what a mail says to one of the two addresses of a move. @returns null where nobody wants that any more */
export async function moveMail(
  mail: Extract<NewMail, { message: "address-confirm" | "address-asked" }>,
  now: Date,
): Promise<ReadyMail | null> {
  const { message, signatureId: id } = mail;
  const row = await db.signature.findUnique({ where: { id }, select: COLUMNS });
  // Those that an earlier version of the program queued have no token.
  if (!row?.key || !row.address || !mail.encryptedToken) return null;
  const key = decryptDataKey(id, row.key.wrapped);
  const token = decrypt(key, "mail.token", mail.encryptedToken);
  const move = await findMove(db, token, now);
  if (!move || (message === "address-confirm" ? move.state === "CONFIRMED" : move.agreedAt)) return null;
  const to =
    message === "address-confirm"
      ? decrypt(key, "move.address", move.address)
      : decrypt(key, "signature.address", row.address);
  const locale = decryptLanguage(key, row.encryptedLanguage);
  const recipient = spellingHash(to);
  return {
    ...{ to, locale, key, recipient },
    stop: hasStopLink(message) ? await stopAddress(recipient, locale, now) : undefined,
    letters: [senderLetter(row.letter, locale)],
    content: {
      message,
      // The new mailbox may be anybody's.
      letter: letterOf({
        ...{ ...row, locale },
        name: message === "address-asked" ? await nameOfSeveral(db, id, key) : null,
      }),
      link: publicAddress(locale, `/signatures/${token}/address`),
    },
  };
}
