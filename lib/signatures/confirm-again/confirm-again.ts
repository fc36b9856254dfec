import { bySignatory } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { newestVersion } from "@/lib/letters/queries";
import { letterStatus } from "@/lib/letters/rules";
import { signatureBehind } from "@/lib/signatures/confirm-again/manage-link";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import { lockSubjects, type Subject } from "@/lib/signatures/engine/subject";
import { tryToNoteErasures } from "@/lib/signatures/erasure/note-erasures";
import { NewerVersionError } from "@/lib/signatures/sign-letter";
import { withdrawSignature } from "@/lib/signatures/withdraw-signature";

type ByLink = { token: string; now: Date };

/**
 * Confirms a signature again, for the newest text, by the holder of its link: it is from then on of that version, and counts
 * again where it no longer did. A second click changes nothing. Also after the letter has closed: it was signed before.
 * @param version the number of the version that the page showed
 * @throws DomainError `not-found` for a link that leads nowhere, and where the letter is not shown; `conflict` where the
 * signature was rejected or the letter is archived; NewerVersionError where there is a newer text than the page showed
 */
export async function confirmAgain({ token, now, version }: ByLink & { version: number }): Promise<void> {
  await db.$transaction(async (tx) => {
    const subject = await lockBehind(tx, token, now);
    const newest = await newestVersion(tx, subject.letterId);
    const status = newest ? letterStatus(newest, now) : "draft";
    if (!newest || (status !== "open" && status !== "closed")) throw new DomainError("not-found");
    if (version !== newest.versionNumber) throw new NewerVersionError(newest.versionNumber);
    if (subject.state !== "VERIFIED" && subject.state !== "APPROVED") throw new DomainError("conflict");
    if (subject.version.id === newest.versionId) return;
    if (newest.archivedAt) throw new DomainError("conflict");
    const after = { version: { id: newest.versionId, number: newest.versionNumber }, earlier: false };
    await applyChange(tx, { subject, action: "signature.confirm-again", after }, bySignatory(now));
  });
}

/** Withdraws a signature by the holder of its link: it no longer counts, and the person is erased. @throws DomainError `not-found` */
export async function withdrawByLink({ token, now }: ByLink): Promise<void> {
  await db.$transaction(async (tx) => {
    const { id } = await lockBehind(tx, token, now);
    await withdrawSignature(tx, id, "signature.withdraw", bySignatory(now));
  });
  await tryToNoteErasures();
}

/** Locks the signature first, as everybody does, and looks then whether the link still leads to it. */
async function lockBehind(tx: Tx, token: string, now: Date): Promise<Subject> {
  const id = await signatureBehind(tx, token, now);
  const [subject] = id ? await lockSubjects(tx, [id]) : [];
  if (!subject || subject.erased || !(await signatureBehind(tx, token, now)))
    throw new DomainError("not-found");
  return subject;
}
