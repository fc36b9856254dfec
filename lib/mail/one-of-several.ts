import type { Database } from "@/lib/db/client";
import type { DataKey } from "@/lib/encryption/cipher";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import { CONFIRMED } from "@/lib/signatures/own/manage-link";

/**
 * By which name a mail says which of an address's confirmed signatures it is about. Null where there is only
 * one: no more is said than needed.
 */
export async function nameOfSeveral(database: Database, id: string, key: DataKey): Promise<string | null> {
  const { addressHash, spellingHash, signatory } = await database.signature.findUniqueOrThrow({
    where: { id },
    select: {
      addressHash: true,
      spellingHash: true,
      signatory: { select: { typed: true, corrected: true } },
    },
  });
  const same = addressHash ? { addressHash } : spellingHash && { spellingHash };
  const confirmed = { state: { in: [...CONFIRMED] }, key: { isNot: null } };
  const others = same
    ? await database.signature.count({ where: { ...same, ...confirmed, id: { not: id } } })
    : 0;
  const { typed, corrected } = signatory;
  return others > 0 && typed ? decryptSignatory(key, { typed, corrected }).name : null;
}
