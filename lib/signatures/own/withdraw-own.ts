import { bySignatory } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { tryToNoteErasures } from "@/lib/signatures/erasure/note-erasures";
import { lockOwn, type Own } from "@/lib/signatures/own/lock-own";
import { leaveNote } from "@/lib/signatures/own/withdrawal-note";
import { withdrawSignature } from "@/lib/signatures/withdraw-signature";

/**
 * Withdraws one's own signature: it no longer counts, and the person is erased.
 * @param noted whether the list may say so, with the name
 * @throws DomainError `not-found`
 */
export async function withdrawOwn({ noted = false, ...own }: Own & { noted?: boolean }): Promise<void> {
  await db.$transaction(async (tx) => {
    const subject = await lockOwn(tx, own);
    const noteId = noted ? await leaveNote(tx, subject, own.now) : null;
    await withdrawSignature(tx, subject.id, "signature.withdraw", bySignatory(own.now), noteId);
  });
  await tryToNoteErasures();
}
