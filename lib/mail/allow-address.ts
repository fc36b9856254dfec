import { db, type Tx } from "@/lib/db/client";
import { freeAddress } from "@/lib/mail/free-address";
import { addressHash, spellingHash } from "@/lib/signatures/claim";

/**
 * Lets an address have mail again, by the command line: as it is spelled here and in its plain spelling, also where no
 * signature is to be seen, and in the other spellings of its mailbox that signatures have.
 * @returns false where it gets mail already
 */
export function allowAddress({ email, now }: { email: string; now: Date }): Promise<boolean> {
  return db.$transaction(async (tx) =>
    // The plain spelling has the hash of all of them.
    freeAddress(tx, [spellingHash(email), addressHash(email), ...(await othersOf(tx, email))], {
      at: now,
      actor: "SYSTEM",
    }),
  );
}

async function othersOf(tx: Tx, email: string): Promise<string[]> {
  const where = { addressHash: addressHash(email), spellingHash: { not: null } };
  const rows = await tx.signature.findMany({
    where,
    distinct: "spellingHash",
    select: { spellingHash: true },
  });
  return rows.flatMap((row) => row.spellingHash ?? []);
}
