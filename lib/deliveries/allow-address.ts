import { db } from "@/lib/db/client";
import { freeAddress } from "@/lib/deliveries/free-address";
import { addressHash } from "@/lib/signatures/claim";

/**
 * Lets an address have mail again, by the command line: also one of which no signature is to be seen.
 * @param email any spelling of the mailbox's address
 * @returns false where it gets mail already
 */
export function allowAddress({ email, now }: { email: string; now: Date }): Promise<boolean> {
  return db.$transaction((tx) => freeAddress(tx, addressHash(email), { at: now, actor: "SYSTEM" }));
}
