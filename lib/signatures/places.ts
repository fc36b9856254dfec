import type { Database } from "@/lib/db/client";
import { decryptDataKey } from "@/lib/encryption/keys";
import { foldName } from "@/lib/fields/names/rules";
import { addressHash, claimOf } from "@/lib/signatures/claim";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import type { SignatoryKind } from "@/prisma/generated/enums";

/** How many people who share a mailbox may sign one letter. */
export const MOST_INDIVIDUALS = 2;

type Party = { letterId: string; email: string; kind: SignatoryKind; name: string };

/**
 * Whether a mailbox has no place left on a letter for somebody: their own is taken, or as many individuals have signed from
 * it as may. Looked at before the unique key decides, so that a refusal is no error in the database's log.
 */
export async function isTaken(database: Database, party: Party): Promise<boolean> {
  const { letterId, email, kind, name } = party;
  if ((await database.signature.count({ where: { claim: claimOf(letterId, email, kind, name) } })) > 0)
    return true;
  return kind === "INDIVIDUAL" && (await isFull(database, party));
}

async function isFull(database: Database, { letterId, email, name }: Party): Promise<boolean> {
  const people = await database.signature.findMany({
    where: {
      letterId,
      addressHash: addressHash(email),
      claim: { not: null },
      signatory: { kind: "INDIVIDUAL" },
    },
    select: { id: true, key: { select: { wrapped: true } }, signatory: { select: { typed: true } } },
  });
  // Claims of earlier versions did not know the name.
  const names = people.map(({ id, key, signatory: { typed } }) =>
    key && typed ? decryptSignatory(decryptDataKey(id, key.wrapped), { typed, corrected: null }).name : "",
  );
  return people.length >= MOST_INDIVIDUALS || names.some((one) => foldName(one) === foldName(name));
}
