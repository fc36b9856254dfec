import { byAdmin } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { lockSeen, type Moderation } from "@/lib/moderation/moderate";
import { possibleActions } from "@/lib/moderation/rules";
import { tryToNoteErasures } from "@/lib/signatures/erasure/note-erasures";
import { withdrawSignature } from "@/lib/signatures/withdraw-signature";

/**
 * Withdraws a signature for a signatory who wrote and asked for it: the person is erased, and the mailbox is told.
 * @throws DomainError `conflict` where it has moved on, `forbidden`, `not-found`
 */
export async function withdrawFor({ admin, seen, now }: Moderation): Promise<void> {
  const context = byAdmin(admin, now);
  await db.$transaction(async (tx) => {
    const subject = await lockSeen(tx, seen, context);
    if (!possibleActions(subject).includes("withdraw")) throw new DomainError("conflict");
    await withdrawSignature(tx, subject.id, "signature.withdraw", context);
  });
  await tryToNoteErasures();
}
