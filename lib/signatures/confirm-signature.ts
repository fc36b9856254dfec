import { bySignatory } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { hashToken } from "@/lib/encryption/tokens";
import { DomainError } from "@/lib/errors";
import { newestVersion } from "@/lib/letters/queries";
import { addressHash, claimOf } from "@/lib/signatures/claim";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { lockAddress } from "@/lib/signatures/mail-allowance";
import { isTaken } from "@/lib/signatures/places";
import { shownBy } from "@/lib/signatures/queries";
import { nextState } from "@/lib/signatures/rules";
import { NewerVersionError } from "@/lib/signatures/sign-letter";

type Confirmation = {
  token: string;
  /** An entry, with the number of the content that the link's page showed. */
  id: string;
  revision: number;
  /** The number of the text that was shown with it, where that is another one than it was entered for. */
  version?: number;
  now: Date;
};

/**
 * Confirms one of the entries that a link shows, once, and notes what moderators should notice about it. It takes one of the
 * places that its mailbox has on the letter; the database decides between two of them. Also after the letter has closed: it
 * was signed in time. Where the text has changed much since it was entered, it is confirmed for the newest, which its holder
 * must have seen.
 * @throws NewerVersionError where the page did not show that text; DomainError `not-found` for a link that is unknown or
 * over, and for an entry that it does not show; `conflict` where the page showed another content, or somebody else was
 * faster; `already-signed` where no place is left; `taken-down` where the letter was
 */
export async function confirmSignature({ token, id, revision, version, now }: Confirmation): Promise<void> {
  await db.$transaction(async (tx) => {
    // The signature first, as everybody locks who changes or erases it.
    const [subject] = await lockSubjects(tx, [id]);
    await useLink(tx, { token, id, now });
    // Of two who confirm from one mailbox the second waits here: no third individual comes between them.
    if (subject) await lockAddress(tx, addressHash(subject.email));
    const state = subject && nextState(subject.state, "verify");
    if (!subject || !state || subject.erased || subject.revision !== revision)
      throw new DomainError("conflict");
    const { letterId, email, kind, fields } = subject;
    if (await isTakenDown(tx, letterId)) throw new DomainError("taken-down");
    const newer = await textSince(tx, letterId, subject.version.id);
    if (newer && newer.number !== version) throw new NewerVersionError(newer.number);
    const party = { letterId, email, kind, name: fields.name };
    if (await isTaken(tx, party)) throw new DomainError("already-signed");
    const claim = claimOf(letterId, email, kind, fields.name);
    const after = { state, ...(newer && { version: newer }) };
    const verified = { subject, action: "signature.verify", after, claim, details: { revision } };
    await applyChange(tx, verified, bySignatory(now));
  });
}

const isTakenDown = async (tx: Tx, id: string) =>
  (await tx.letter.count({ where: { id, unpublishedAt: { not: null } } })) > 0;

/** The newest text, where it changes much against an earlier one; else null. */
async function textSince(tx: Tx, letterId: string, sinceId: string) {
  const newest = await newestVersion(tx, letterId);
  if (!newest || newest.versionId === sinceId) return null;
  const change = await tx.versionChange.findUnique({
    where: { versionId_sinceId: { versionId: newest.versionId, sinceId } },
    select: { size: true },
  });
  return change?.size === "LARGE" ? { id: newest.versionId, number: newest.versionNumber } : null;
}

/**
 * Opens one of the entries that a link shows, and notes the link's first use: from then on it shows nothing newer. A
 * refusal rolls it back.
 */
async function useLink(
  tx: Tx,
  { token, id, now }: Omit<Confirmation, "revision" | "version">,
): Promise<void> {
  const [link] = await tx.$queryRaw<
    { mailboxHash: string; mailedAt: Date; expiresAt: Date; usedAt: Date | null }[]
  >`
    SELECT mailbox_hash AS "mailboxHash", mailed_at AS "mailedAt", expires_at AS "expiresAt", used_at AS "usedAt"
    FROM confirmation_link WHERE token_hash = ${hashToken(token)} AND expires_at > ${now} FOR UPDATE`;
  if (!link || (await tx.signature.count({ where: { id, ...shownBy(link) } })) === 0)
    throw new DomainError("not-found");
  if (!link.usedAt)
    await tx.confirmationLink.update({
      where: { tokenHash: hashToken(token) },
      data: { usedAt: now },
      select: { usedAt: true },
    });
}
