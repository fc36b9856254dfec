import { db } from "@/lib/db/client";
import type { DataKey } from "@/lib/encryption/cipher";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { env } from "@/lib/env";
import { localePath } from "@/lib/i18n/locales";
import { organiserNames, organisersOf } from "@/lib/letters/settings/organisers";
import type { MailContent, MailedSignature } from "@/lib/mail/content/content";
import { nameOfSeveral } from "@/lib/mail/one-of-several";
import type { SignatureMessage } from "@/lib/mail/outbox";
import { hasStopLink } from "@/lib/mail/rules";
import type { ReadyMail } from "@/lib/mail/sending/ready-mail";
import type { LetterSender } from "@/lib/mail/sending/sender";
import { stopToken } from "@/lib/mail/stop-links";
import { spellingHash } from "@/lib/signatures/claim";
import { decryptLanguage } from "@/lib/signatures/encrypted-origin";
import { CONFIRMED, makeManageLink } from "@/lib/signatures/own/manage-link";

/** Those about a new text say more: `textMail`. */
type StandingMessage = Exclude<SignatureMessage, "text-changed" | "text-confirm" | "text-reminder">;
type AboutSignature = { message: StandingMessage; signatureId: string; encryptedAddress?: string };

/**
 * Reads what a mail about a signature says.
 * @returns null where there is nothing to say any more: the person was erased, or the state or the mailbox
 * has changed
 */
export async function signatureMail(mail: AboutSignature, now: Date): Promise<ReadyMail | null> {
  const row = mail.signatureId ? await findSignature(mail.signatureId) : null;
  if (!row?.key) return null;
  const key = decryptDataKey(mail.signatureId, row.key.wrapped);
  const to = addressOf(mail, row.address, key);
  if (!to) return null;
  // Where only the public record is left, the language is not known either.
  const locale = row.encryptedLanguage ? decryptLanguage(key, row.encryptedLanguage) : row.letter.locale;
  const signature = { ...row, locale, name: await nameOfSeveral(db, mail.signatureId, key) };
  const others = mail.message === "links-ended" ? await othersOf(mail.signatureId, row.mailboxHash) : [];
  const said = contentOf(mail, signature, key, others);
  if (!said) return null;
  const recipient = spellingHash(to);
  const token = await makeManageLink({ id: mail.signatureId, spellingHash: row.spellingHash });
  if (!token) return null;
  const content: MailContent = { ...said, link: publicAddress(locale, `/signatures/${token}`) };
  const stop = hasStopLink(mail.message) ? await stopAddress(recipient, locale, now) : undefined;
  const letters = [row, ...others].map(({ letter }) => senderLetter(letter, locale));
  return { to, locale, content, key, recipient, stop, letters };
}

function addressOf({ encryptedAddress }: AboutSignature, stored: string | null, key: DataKey): string | null {
  if (encryptedAddress) return decrypt(key, "mail.address", encryptedAddress);
  return stored && decrypt(key, "signature.address", stored);
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
  concealed: true,
  encryptedLanguage: true,
  address: true,
  spellingHash: true,
  mailboxHash: true,
  reason: true,
  key: { select: { wrapped: true } },
  signatory: { select: { expert: true } },
  letter: { select: { slug: true, locale: true, unpublishedAt: true, ...SENDER_COLUMNS } },
  version: { select: { texts: { select: { locale: true, title: true } } } },
} as const;

/** With its language opened, and its name where its mailbox has several. */
type Signature = NonNullable<Awaited<ReturnType<typeof findSignature>>> & {
  locale: string;
  name: string | null;
};
const findSignature = (id: string) => db.signature.findUnique({ where: { id }, select: COLUMNS });

/** What a mailbox has confirmed besides, each with its name. */
async function othersOf(id: string, mailboxHash: string | null) {
  if (!mailboxHash) return [];
  const others = await db.signature.findMany({
    where: { mailboxHash, id: { not: id }, state: { in: [...CONFIRMED] }, key: { isNot: null } },
    orderBy: { id: "asc" },
    select: { id: true, ...COLUMNS },
  });
  const named = others.map(async ({ key, ...row }) => ({
    ...row,
    name: key && (await nameOfSeveral(db, row.id, decryptDataKey(row.id, key.wrapped))),
  }));
  return Promise.all(named);
}

/** Without its link, which is made once there is something to say. */
function contentOf(
  mail: AboutSignature,
  signature: Signature,
  key: DataKey,
  others: Omit<LetterRow, "locale">[],
) {
  const { state, signatory } = signature;
  const described = describe(signature);
  const reason = signature.reason && decrypt(key, "signature.reason", signature.reason);
  switch (mail.message) {
    case "signature-standing":
      return state === "VERIFIED" || state === "APPROVED" || state === "REJECTED"
        ? { message: mail.message, ...described, state, reason }
        : null;
    case "change-approved": {
      const approved = described.concealed ? "concealed" : described.down ? "down" : "public";
      const shown: "withheld" | "waiting" | typeof approved = !described.shown
        ? "withheld"
        : described.approved
          ? approved
          : "waiting";
      return isAlive(state) ? { message: mail.message, letter: described.letter, shown } : null;
    }
    case "manage-link":
    case "change-proposed":
    case "show-proposed":
    case "change-refused":
      return isConfirmed(state) ? { message: mail.message, letter: described.letter } : null;
    case "links-ended": {
      const letters = others.map((other) => letterOf({ ...other, locale: signature.locale }));
      return isConfirmed(state) ? { message: mail.message, letters: [described.letter, ...letters] } : null;
    }
    case "signature-hidden":
      return isConfirmed(state) && signature.visibility === "WITHHELD"
        ? { message: mail.message, letter: described.letter }
        : null;
    case "signature-rejected":
      return state === "REJECTED" && reason ? { message: mail.message, ...described, reason } : null;
    case "signature-approved":
      return state === "APPROVED" ? { message: mail.message, ...described } : null;
    case "signature-expert":
      return signatory.expert && isAlive(state) ? { message: mail.message, ...described } : null;
    case "signature-objected":
      return state === "APPROVED" ? { message: mail.message, ...described } : null;
    case "signature-corrected":
      return isAlive(state) ? { message: mail.message, ...described } : null;
  }
}

const isConfirmed = (state: Signature["state"]) => isAlive(state) || state === "REJECTED";
const isAlive = (state: Signature["state"]) => state === "VERIFIED" || state === "APPROVED";

function describe(signature: Signature): Omit<MailedSignature, "link"> {
  const { state, visibility } = signature;
  const approved = state === "APPROVED";
  const concealed = approved && visibility === "PUBLIC" && signature.concealed;
  const down = approved && signature.letter.unpublishedAt !== null;
  return { letter: letterOf(signature), approved, shown: visibility === "PUBLIC", concealed, down };
}

type LetterRow = Pick<Signature, "version" | "locale"> & {
  letter: Omit<Signature["letter"], "unpublishedAt">;
  name?: string | null;
};

/** The letter in the signature's language, else in the one that it was written in. */
export function letterOf({ letter, version, locale, name }: LetterRow): MailedSignature["letter"] {
  const inLocale = (wanted: string) => version.texts.find((text) => text.locale === wanted);
  const text = inLocale(locale) ?? inLocale(letter.locale) ?? version.texts[0];
  if (!text) throw new Error("a letter's version has no text");
  return {
    title: text.title,
    organiserName: senderLetter(letter, locale).organiserName,
    locale: text.locale,
    ...(name && { signatory: name }),
  };
}

export function publicAddress(locale: string, path: string): string {
  return `${env().publicUrl}${localePath(locale, path)}`;
}
