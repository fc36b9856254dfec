import { bySignatory } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { tryToNoteErasures } from "@/lib/signatures/erasure/note-erasures";
import { findLink, shownBy } from "@/lib/signatures/queries";
import { withdrawSignature } from "@/lib/signatures/withdraw-signature";
import type { SignatureState } from "@/prisma/generated/enums";

/**
 * Deletes an entry that waits in a mailbox, by the holder of a link that shows it: the person behind it is erased. What was
 * confirmed stays.
 * @throws DomainError `conflict` where it was confirmed meanwhile, `not-found` for a link that is over and for an entry that
 * it does not show or that is gone
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
    const shown = await tx.signature.findFirst({ where: { id, ...shownBy(link) }, select: { state: true } });
    if (shown && isConfirmed(shown.state)) throw new DomainError("conflict");
    if (shown?.state !== "PENDING") throw new DomainError("not-found");
    await withdrawSignature(tx, id, "signature.withdraw", bySignatory(now));
  });
  await tryToNoteErasures();
}

const isConfirmed = (state: SignatureState) =>
  state === "VERIFIED" || state === "APPROVED" || state === "REJECTED";
