import { db } from "@/lib/db/client";
import { deploymentKey } from "@/lib/encryption/keys";
import { decryptAddressee } from "@/lib/mail/addressee";
import type { NewMail } from "@/lib/mail/outbox";
import type { ReadyMail } from "@/lib/mail/sending/ready-mail";
import { letterOf, publicAddress, SENDER_COLUMNS, senderLetter } from "@/lib/mail/sending/signature-mail";
import { isSuppressed } from "@/lib/mail/suppress-address";
import { spellingHash } from "@/lib/signatures/claim";

const COLUMNS = {
  number: true,
  texts: { select: { locale: true, title: true } },
  letter: { select: { slug: true, locale: true, ...SENDER_COLUMNS } },
} as const;

/** Reads what a mail says to a mailbox that a signature has left: the mail is all that still knows it, until it is sent. */
export async function leftMail(
  mail: Extract<NewMail, { message: "signature-withdrawn" | "address-moved" }>,
): Promise<ReadyMail | null> {
  const { to, locale, versionId, noteToken, name } = decryptAddressee(mail.encryptedAddressee);
  const version = await db.letterVersion.findUnique({ where: { id: versionId }, select: COLUMNS });
  if (!version || (await isSuppressed(db, spellingHash(to), mail.message))) return null;
  const { letter } = version;
  return {
    ...{ to, locale, key: deploymentKey(), recipient: null },
    letters: [senderLetter(letter, locale)],
    content: {
      message: mail.message,
      letter: letterOf({ letter, version, locale, name }),
      link: publicAddress(locale, noteToken ? `/signatures/${noteToken}` : `/letters/${letter.slug}`),
      ...(noteToken && { noted: true }),
    },
  };
}
