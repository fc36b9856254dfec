import { db } from "@/lib/db/client";
import type { DataKey } from "@/lib/encryption/cipher";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { env } from "@/lib/env";
import { localePath } from "@/lib/i18n/locales";
import { organiserNames, organisersOf } from "@/lib/letters/settings/organisers";
import type { NewMail, SignatureMessage } from "@/lib/mail/outbox";
import { STOPPABLE } from "@/lib/mail/rules";
import type { MailContent, MailedSignature } from "@/lib/mail/sending/contents";
import type { ReadyMail } from "@/lib/mail/sending/ready-mail";
import type { LetterSender } from "@/lib/mail/sending/sender";
import { stopToken } from "@/lib/mail/stop-links";
import { spellingHash } from "@/lib/signatures/claim";
import { decryptLanguage } from "@/lib/signatures/encrypted-origin";

/** Those about a new text say more: `textMail`. */
type StandingMessage = Exclude<SignatureMessage, "text-changed" | "text-confirm" | "text-reminder">;
type AboutSignature = Extract<NewMail, { signatureId: string }> & { message: StandingMessage };

/**
 * Reads what a mail about a signature says.
 * @returns null where there is nothing to say any more: the person was erased, the link was used, the state moved on
 */
export async function signatureMail(mail: AboutSignature, now: Date): Promise<ReadyMail | null> {
  const row = mail.signatureId ? await findSignature(mail.signatureId) : null;
  if (!row?.key || !row.address || !row.addressHash) return null;
  const key = decryptDataKey(mail.signatureId, row.key.wrapped);
  const signature = { ...row, locale: decryptLanguage(key, row.encryptedLanguage) };
  const content = contentOf(mail, signature, key);
  if (!content) return null;
  const to = decrypt(key, "signature.address", row.address);
  const recipient = spellingHash(to);
  const { locale } = signature;
  const stop = STOPPABLE.includes(mail.message) ? await stopAddress(recipient, locale, now) : undefined;
  const letters = [senderLetter(row.letter, locale)];
  return { to, locale, content, key, recipient, stop, letters };
}

export const stopAddress = async (spelling: string, locale: string, now: Date) =>
  publicAddress(locale, `/stop-emails/${await stopToken(spelling, now)}`);

/** The columns that say who stands behind a letter. */
export const SENDER_COLUMNS = {
  organiserName: true,
  otherOrganisers: true,
  senderName: true,
  contact: true,
} as const;

type SenderRow = Pick<LetterSender, "organiserName" | "senderName" | "contact"> & {
  otherOrganisers: unknown;
};

/** Who stands behind a letter, in the words of a language. */
export const senderLetter = (row: SenderRow, locale: string): LetterSender => ({
  organiserName: organiserNames(organisersOf(row), locale),
  senderName: row.senderName,
  contact: row.contact,
});

const COLUMNS = {
  state: true,
  visibility: true,
  encryptedLanguage: true,
  address: true,
  addressHash: true,
  reason: true,
  key: { select: { wrapped: true } },
  signatory: { select: { expert: true } },
  letter: { select: { slug: true, locale: true, ...SENDER_COLUMNS } },
  version: { select: { texts: { select: { locale: true, title: true } } } },
} as const;

/** With its language opened. */
type Signature = NonNullable<Awaited<ReturnType<typeof findSignature>>> & { locale: string };
const findSignature = (id: string) => db.signature.findUnique({ where: { id }, select: COLUMNS });

function contentOf(mail: AboutSignature, signature: Signature, key: DataKey): MailContent | null {
  const { state, signatory } = signature;
  const described = describe(signature);
  const reason = signature.reason && decrypt(key, "signature.reason", signature.reason);
  switch (mail.message) {
    case "signature-standing":
      return state === "VERIFIED" || state === "APPROVED" || state === "REJECTED"
        ? { message: mail.message, ...described, state, reason }
        : null;
    case "signature-rejected":
      return state === "REJECTED" && reason ? { message: mail.message, ...described, reason } : null;
    case "signature-approved":
      return state === "APPROVED" ? { message: mail.message, ...described } : null;
    case "signature-expert":
      return signatory.expert && isAlive(state) ? { message: mail.message, ...described } : null;
    case "signature-corrected":
      return isAlive(state) ? { message: mail.message, ...described } : null;
  }
}

const isAlive = (state: Signature["state"]) => state === "VERIFIED" || state === "APPROVED";

/** Links to the list for those who are in it, else to the letter. */
function describe(signature: Signature): MailedSignature {
  const approved = signature.state === "APPROVED";
  const shown = signature.visibility === "PUBLIC";
  const page = `/letters/${signature.letter.slug}${approved && shown ? "/signatories" : ""}`;
  return { letter: letterOf(signature), approved, shown, link: publicAddress(signature.locale, page) };
}

type LetterRow = Pick<Signature, "letter" | "version" | "locale">;

/** The letter in the signature's language, else in the one that it was written in. */
export function letterOf({ letter, version, locale }: LetterRow): MailedSignature["letter"] {
  const inLocale = (wanted: string) => version.texts.find((text) => text.locale === wanted);
  const text = inLocale(locale) ?? inLocale(letter.locale) ?? version.texts[0];
  if (!text) throw new Error("a letter's version has no text");
  return {
    title: text.title,
    organiserName: senderLetter(letter, locale).organiserName,
    locale: text.locale,
  };
}

export function publicAddress(locale: string, path: string): string {
  return `${env().publicUrl}${localePath(locale, path)}`;
}
