import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { excerptOf } from "@/lib/letters/difference/excerpt";
import { textChangeOf } from "@/lib/letters/difference/text-change";
import { letterStatus } from "@/lib/letters/rules";
import { nameOfSeveral } from "@/lib/mail/one-of-several";
import type { ReadyMail } from "@/lib/mail/sending/ready-mail";
import { publicAddress, SENDER_COLUMNS, senderLetter } from "@/lib/mail/sending/signature-mail";
import { spellingHash } from "@/lib/signatures/claim";
import { decryptLanguage } from "@/lib/signatures/encrypted-origin";
import { makeManageLink } from "@/lib/signatures/own/manage-link";
import { siteNow } from "@/lib/site/queries";

type TextMessage = "text-changed" | "text-confirm" | "text-reminder";

const COLUMNS = {
  state: true,
  earlier: true,
  encryptedLanguage: true,
  address: true,
  spellingHash: true,
  letterId: true,
  letterVersionId: true,
  key: { select: { wrapped: true } },
  letter: {
    select: {
      ...SENDER_COLUMNS,
      locale: true,
      opensAt: true,
      closesAt: true,
      unpublishedAt: true,
      archivedAt: true,
    },
  },
} as const;

/**
 * Reads what a mail about a new text says to somebody who signed an earlier one: as the text is now, not as it was when the
 * mail was queued.
 * @returns null where there is nothing to say any more: withdrawn, confirmed again, the same words again, taken down
 */
export async function textMail(
  queued: TextMessage,
  signatureId: string,
  now: Date,
): Promise<ReadyMail | null> {
  const row = await db.signature.findUnique({ where: { id: signatureId }, select: COLUMNS });
  if (!row?.key || !row.address || (row.state !== "VERIFIED" && row.state !== "APPROVED")) return null;
  const status = letterStatus(row.letter, now);
  if (status === "draft" || status === "unpublished" || row.letter.archivedAt) return null;
  const key = decryptDataKey(signatureId, row.key.wrapped);
  const locale = decryptLanguage(key, row.encryptedLanguage);
  const change = await textChangeOf(db, row.letterId, row.letterVersionId, locale);
  const message = change && messageFor(queued, change.size);
  if (!message) return null;
  const to = decrypt(key, "signature.address", row.address);
  const token = await makeManageLink({ id: signatureId, spellingHash: row.spellingHash });
  if (!token) return null;
  const { title, textLocale, reason, answerBy, blocks } = change;
  const { organiserName } = senderLetter(row.letter, locale);
  const signatory = await nameOfSeveral(db, signatureId, key);
  return {
    to,
    locale,
    key,
    recipient: spellingHash(to),
    letters: [senderLetter(row.letter, locale)],
    content: {
      message,
      letter: { title, organiserName, locale: textLocale, signatory },
      link: publicAddress(locale, `/signatures/${token}`),
      reason,
      difference: excerptOf(blocks),
      answerBy,
      late: row.earlier || (answerBy !== null && answerBy <= now),
      zone: (await siteNow(db)).timeZone,
    },
  };
}

/** What there is to say now, whatever it was when the mail was queued. */
function messageFor(queued: TextMessage, size: "NONE" | "SMALL" | "LARGE"): TextMessage | null {
  if (size === "NONE") return null;
  if (size === "SMALL") return queued === "text-reminder" ? null : "text-changed";
  return queued === "text-reminder" ? queued : "text-confirm";
}
