import { bySignatory } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import { tryToNoteErasures } from "@/lib/signatures/erasure/note-erasures";
import { lockOwn, type Own } from "@/lib/signatures/own/lock-own";

/**
 * Hides the name of one's own signature at once: it still counts. A second press changes nothing.
 * @throws DomainError `not-found` for a link that does not lead to it
 */
export async function hideSignature(own: Own): Promise<void> {
  await db.$transaction(async (tx) => {
    const subject = await lockOwn(tx, own);
    if (subject.visibility === "WITHHELD") return;
    const after = { visibility: "WITHHELD" as const };
    await applyChange(tx, { subject, action: "signature.hide", after }, bySignatory(own.now));
  });
  await tryToNoteErasures();
}
