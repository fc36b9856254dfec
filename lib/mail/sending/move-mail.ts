import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import type { NewMail } from "@/lib/mail/outbox";
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
  encryptedLanguage: true,
  key: { select: { wrapped: true } },
  letter: { select: { slug: true, locale: true, ...SENDER_COLUMNS } },
  version: { select: { texts: { select: { locale: true, title: true } } } },
} as const;

/** Reads what a mail says to the address that a signature is to belong to. @returns null where nobody wants that any more */
export async function moveMail(
  mail: Extract<NewMail, { message: "address-confirm" }>,
  now: Date,
): Promise<ReadyMail | null> {
  const id = mail.signatureId;
  const row = await db.signature.findUnique({ where: { id }, select: COLUMNS });
  if (!row?.key) return null;
  const key = decryptDataKey(id, row.key.wrapped);
  const token = decrypt(key, "mail.token", mail.encryptedToken);
  const move = await findMove(db, token, now);
  if (move?.state !== "ASKED") return null;
  const to = decrypt(key, "move.address", move.address);
  const locale = decryptLanguage(key, row.encryptedLanguage);
  const recipient = spellingHash(to);
  return {
    ...{ to, locale, key, recipient },
    stop: await stopAddress(recipient, locale, now),
    letters: [senderLetter(row.letter, locale)],
    content: {
      message: mail.message,
      letter: letterOf({ ...row, locale }),
      link: publicAddress(locale, `/signatures/${token}/address`),
    },
  };
}
