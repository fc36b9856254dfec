import { bySignatory } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { newestVersion } from "@/lib/letters/queries";
import { letterStatus } from "@/lib/letters/rules";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import { lockOwn, type Own } from "@/lib/signatures/own/lock-own";
import { NewerVersionError } from "@/lib/signatures/sign-letter";

/**
 * Confirms a signature again, for the newest text, by the holder of its link: it is from then on of that version, and counts
 * again where it no longer did. A second click changes nothing. Also after the letter has closed: it was signed before.
 * @param version the number of the version that the page showed
 * @throws DomainError `not-found` for a link that leads nowhere, and where the letter is not shown; `conflict` where the
 * signature was rejected or the letter is archived; NewerVersionError where there is a newer text than the page showed
 */
export async function confirmAgain({ version, ...own }: Own & { version: number }): Promise<void> {
  const { now } = own;
  await db.$transaction(async (tx) => {
    const subject = await lockOwn(tx, own);
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
