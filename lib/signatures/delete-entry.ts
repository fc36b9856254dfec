import { bySignatory } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { tryToNoteErasures } from "@/lib/signatures/erasure/note-erasures";
import { findLink, shownBy } from "@/lib/signatures/queries";
import { withdrawSignature } from "@/lib/signatures/withdraw-signature";

/**
 * Deletes an entry that waits in a mailbox, by the holder of a link that shows it: the person behind it is erased. What was
 * confirmed stays.
 * @throws DomainError `not-found` for a link that is over, and for an entry that it does not show or that waits no more
 */
export async function deleteEntry({
  token,
  id,
  now,
}: {
  token: string;
  id: string;
  now: Date;
}): Promise<void> {
  await db.$transaction(async (tx) => {
    // First: what is confirmed at the same moment stays.
    await lockSubjects(tx, [id]);
    const link = await findLink(tx, token);
    if (!link || link.expiresAt <= now) throw new DomainError("not-found");
    const where = { id, state: "PENDING", ...shownBy(link) } as const;
    if ((await tx.signature.count({ where })) === 0) throw new DomainError("not-found");
    await withdrawSignature(tx, id, "signature.withdraw", bySignatory(now));
  });
  await tryToNoteErasures();
}
