import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { decryptDataKey } from "@/lib/encryption/keys";
import { type FailureKind, failureKind, isKeptFrom, resendable } from "@/lib/mail/rules";
import { LISTED_STATES } from "@/lib/moderation/queries";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import type { SuppressionReason } from "@/prisma/generated/enums";

/** The lists of failed mails: those that nobody has seen to, and those that were sent again. */
export const MAIL_LISTS = ["open", "resent"] as const;
export type MailList = (typeof MAIL_LISTS)[number];

/** A mail that could not be delivered, without its address. */
export type FailedMailLine = {
  id: string;
  message: string;
  at: Date;
  kind: FailureKind;
  /** As the provider named it. */
  code: string | null;
  resentAt: Date | null;
  resendable: ReturnType<typeof resendable>;
  /** The signature that it was about, by name, where its page shows it. */
  signature: { id: string; name: string } | null;
};

/** The place of a line in the list's order. */
export type MailPlace = { at: Date; id: string };

const PAGE = 50;

/**
 * A page of the mails that could not be delivered, newest first.
 * @param after the last line of the page before
 * @returns the lines and, where more follow, the place to go on after
 */
export async function failedMails(
  admin: Admin,
  list: MailList,
  after?: MailPlace,
): Promise<{ lines: FailedMailLine[]; next: MailPlace | null }> {
  assertMay(admin, "mail.read");
  const beyond = after && { OR: [{ doneAt: { lt: after.at } }, { doneAt: after.at, id: { lt: after.id } }] };
  const rows = await db.mail.findMany({
    where: { state: "FAILED", resentAt: list === "resent" ? { not: null } : null, ...beyond },
    orderBy: [{ doneAt: "desc" }, { id: "desc" }],
    take: PAGE + 1,
    select: {
      id: true,
      message: true,
      signatureId: true,
      mailboxHash: true,
      error: true,
      doneAt: true,
      queuedAt: true,
      resentAt: true,
    },
  });
  const shown = rows.slice(0, PAGE).map((row) => ({ ...row, at: row.doneAt ?? row.queuedAt }));
  const signatures = await concerned(shown);
  const lines = shown.map((row) => toLine(row, signatures.get(row.signatureId ?? row.mailboxHash ?? "")));
  const last = shown.at(-1);
  return { lines, next: rows.length > PAGE && last ? { at: last.at, id: last.id } : null };
}

type Row = { id: string; message: string; error: string | null; at: Date; resentAt: Date | null };
type Concerned = Awaited<ReturnType<typeof readConcerned>>[number] & { reasons: SuppressionReason[] };

function toLine({ id, message, error, at, resentAt }: Row, signature: Concerned | undefined): FailedMailLine {
  const state = signature?.key && signature.addressHash ? signature.state : null;
  const suppressed = signature?.reasons.some((reason) => isKeptFrom(reason, message)) ?? false;
  const stand = { message, resent: resentAt !== null, state, suppressed };
  const about = signature && nameOf(signature);
  return {
    id,
    message,
    at,
    kind: failureKind(error),
    code: error,
    resentAt,
    resendable: resendable(stand),
    signature: about && signature ? { id: signature.id, name: about } : null,
  };
}

async function concerned(
  mails: { signatureId: string | null; mailboxHash: string | null }[],
): Promise<Map<string, Concerned>> {
  const ids = mails.flatMap(({ signatureId }) => signatureId ?? []);
  const mailboxes = mails.flatMap(({ mailboxHash }) => mailboxHash ?? []);
  const rows = await readConcerned(ids, mailboxes);
  const hashes = rows.flatMap(({ spellingHash }) => spellingHash ?? []);
  const found = await db.suppression.findMany({
    where: { spellingHash: { in: hashes } },
    select: { spellingHash: true, reason: true },
  });
  const reasonsOf = (spelling: string | null) =>
    found.flatMap(({ spellingHash, reason }) => (spellingHash === spelling ? reason : []));
  return new Map(
    rows.flatMap((row) => {
      const one = { ...row, reasons: reasonsOf(row.spellingHash) };
      const names = row.state === "PENDING" && row.mailboxHash ? [row.id, row.mailboxHash] : [row.id];
      return names.map((name): [string, Concerned] => [name, one]);
    }),
  );
}

const readConcerned = (ids: string[], mailboxes: string[]) =>
  db.signature.findMany({
    where: { OR: [{ id: { in: ids } }, { mailboxHash: { in: mailboxes }, state: "PENDING" }] },
    select: {
      id: true,
      state: true,
      spellingHash: true,
      addressHash: true,
      mailboxHash: true,
      key: { select: { wrapped: true } },
      signatory: { select: { typed: true, corrected: true } },
    },
  });

/** Of those that have a page; before its mailbox is verified, a signature is shown to nobody. */
function nameOf({ id, state, key, signatory: { typed, corrected } }: Concerned): string | null {
  const listed: readonly string[] = LISTED_STATES;
  if (!listed.includes(state) || !key || !typed) return null;
  return decryptSignatory(decryptDataKey(id, key.wrapped), { typed, corrected }).name;
}
