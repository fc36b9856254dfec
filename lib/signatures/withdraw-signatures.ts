import { bySignatory } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { addressHash } from "@/lib/signatures/claim";
import { tryToNoteErasures } from "@/lib/signatures/erasure/note-erasures";
import { statesBefore } from "@/lib/signatures/rules";
import { withdrawSignature } from "@/lib/signatures/withdraw-signature";

/** Which signatures of a mailbox: all of them, unless some are named. */
type Asked = { email: string; ids?: string[]; now: Date };

/**
 * Withdraws signatures that were given from a mailbox: they no longer count, and the person is erased. For an operator
 * who was asked to from that mailbox.
 * @param email any spelling of the mailbox's address
 * @param ids those to withdraw; ids of other mailboxes' signatures are passed over
 * @returns how many were withdrawn
 * @throws DomainError `conflict` where a moderator acted on one at the same moment; asking again goes on
 */
export async function withdrawSignatures({ email, ids, now }: Asked): Promise<number> {
  const found = await db.signature.findMany({
    where: {
      addressHash: addressHash(email),
      state: { in: statesBefore("withdraw") },
      ...(ids && { id: { in: ids } }),
    },
    select: { id: true },
  });
  const context = bySignatory(now);
  try {
    for (const { id } of found)
      await db.$transaction((tx) => withdrawSignature(tx, id, "signature.withdraw", context));
  } finally {
    await tryToNoteErasures();
  }
  return found.length;
}
