import { bySignatory } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { tryToNoteErasures } from "@/lib/signatures/erasure/note-erasures";
import { lockOwn, type Own } from "@/lib/signatures/own/lock-own";
import { withdrawSignature } from "@/lib/signatures/withdraw-signature";

/** Withdraws one's own signature: it no longer counts, and the person is erased. @throws DomainError `not-found` */
export async function withdrawOwn(own: Own): Promise<void> {
  await db.$transaction(async (tx) => {
    const { id } = await lockOwn(tx, own);
    await withdrawSignature(tx, id, "signature.withdraw", bySignatory(own.now));
  });
  await tryToNoteErasures();
}
