import { db } from "@/lib/db/client";
import { STOPPABLE } from "@/lib/deliveries/rules";
import { stopToken } from "@/lib/deliveries/stop-links";
import { isSuppressed } from "@/lib/deliveries/suppress-address";
import { env } from "@/lib/env";
import { localePath } from "@/lib/i18n/locales";
import type { MailJob } from "@/lib/jobs/queue";
import type { NoMail, ReadyMail } from "@/lib/jobs/ready-mail";
import type { MailContent, MailedSignature } from "@/lib/mail/contents";
import { spellingHash } from "@/lib/signatures/claim";
import { PENDING_DAYS, TOKEN_DAYS } from "@/lib/signatures/rules";
import { openLanguage } from "@/lib/signatures/sealed-origin";
import { type DataKey, openDataKey } from "@/lib/vault/keys";
import { open } from "@/lib/vault/seal";
import { hashToken } from "@/lib/vault/tokens";

type Job = Exclude<MailJob, { message: "admin-sign-in" }>;

/**
 * Reads what a mail about a signature says.
 * @returns `nothing` where there is nothing to say any more: the person was erased, the link was used, the state moved
 * on; `suppressed` where the address bounced, complained or has stopped such mails
 */
export async function signatureMail(job: Job, now: Date): Promise<ReadyMail | NoMail> {
  const row = await findSignature(job.signatureId);
  if (!row?.key || !row.address || !row.addressHash) return "nothing";
  const key = openDataKey(job.signatureId, row.key.wrapped);
  const signature = { ...row, locale: openLanguage(key, row.sealedLanguage) };
  const content = await contentOf(job, signature, key, now);
  if (!content) return "nothing";
  const to = open(key, "signature.address", row.address);
  const spelling = spellingHash(to);
  if (await isSuppressed(db, spelling, job.message)) return "suppressed";
  const { locale } = signature;
  const stop = STOPPABLE.includes(job.message) ? await stopAddress(spelling, locale, now) : undefined;
  return { to, locale, content, stop };
}

const stopAddress = async (spelling: string, locale: string, now: Date) =>
  publicAddress(locale, `/stop-emails/${await stopToken(spelling, now)}`);

const COLUMNS = {
  state: true,
  visibility: true,
  sealedLanguage: true,
  address: true,
  addressHash: true,
  reason: true,
  key: { select: { wrapped: true } },
  signatory: { select: { expert: true } },
  letter: { select: { slug: true, organiserName: true, locale: true } },
  version: { select: { texts: { select: { locale: true, title: true } } } },
} as const;

/** With its language opened. */
type Signature = NonNullable<Awaited<ReturnType<typeof findSignature>>> & { locale: string };
const findSignature = (id: string) => db.signature.findUnique({ where: { id }, select: COLUMNS });

async function contentOf(
  job: Job,
  signature: Signature,
  key: DataKey,
  now: Date,
): Promise<MailContent | null> {
  if (job.message === "confirm-signature") return confirmation(job, signature, key, now);
  const { state, signatory } = signature;
  const described = describe(signature);
  const reason = signature.reason && open(key, "signature.reason", signature.reason);
  switch (job.message) {
    case "signature-standing":
      return state === "VERIFIED" || state === "APPROVED" || state === "REJECTED"
        ? { message: job.message, ...described, state, reason }
        : null;
    case "signature-rejected":
      return state === "REJECTED" && reason ? { message: job.message, ...described, reason } : null;
    case "signature-approved":
      return state === "APPROVED" ? { message: job.message, ...described } : null;
    case "signature-expert":
      return signatory.expert && isAlive(state) ? { message: job.message, ...described } : null;
    case "signature-corrected":
      return isAlive(state) ? { message: job.message, ...described } : null;
  }
}

const isAlive = (state: Signature["state"]) => state === "VERIFIED" || state === "APPROVED";

type Confirmation = Extract<Job, { message: "confirm-signature" }>;

/** Null for a link that would not work: used or expired, or of a signature that is confirmed already. */
async function confirmation(
  job: Confirmation,
  signature: Signature,
  key: DataKey,
  now: Date,
): Promise<MailContent | null> {
  const token = open(key, "mail.token", job.sealedToken);
  const works = {
    hash: hashToken(token),
    signatureId: job.signatureId,
    usedAt: null,
    expiresAt: { gt: now },
  };
  if (signature.state !== "PENDING" || (await db.signatureToken.count({ where: works })) === 0) return null;
  const link = publicAddress(signature.locale, `/signatures/${token}/confirm`);
  return {
    message: job.message,
    letter: letterOf(signature),
    link,
    linkDays: TOKEN_DAYS,
    eraseDays: PENDING_DAYS,
  };
}

/** Links to the list for those who are in it, else to the letter. */
function describe(signature: Signature): MailedSignature {
  const approved = signature.state === "APPROVED";
  const shown = signature.visibility === "PUBLIC";
  const page = `/letters/${signature.letter.slug}${approved && shown ? "/signatories" : ""}`;
  return { letter: letterOf(signature), approved, shown, link: publicAddress(signature.locale, page) };
}

/** The letter in the signature's language, else in the one that it was written in. */
function letterOf({ letter, version, locale }: Signature): MailedSignature["letter"] {
  const inLocale = (wanted: string) => version.texts.find((text) => text.locale === wanted);
  const text = inLocale(locale) ?? inLocale(letter.locale) ?? version.texts[0];
  if (!text) throw new Error("a letter's version has no text");
  return { title: text.title, organiserName: letter.organiserName, locale: text.locale };
}

function publicAddress(locale: string, path: string): string {
  return `${env().publicUrl}${localePath(locale, path)}`;
}
