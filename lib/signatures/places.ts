import type { Database } from "@/lib/db/client";
import { decryptDataKey } from "@/lib/encryption/keys";
import { foldName } from "@/lib/fields/names/rules";
import { addressHash, claimOf } from "@/lib/signatures/claim";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import type { SignatoryKind } from "@/prisma/generated/enums";

/** How many people who share a mailbox may sign one letter. */
export const MOST_INDIVIDUALS = 2;
/** How often one may sign: once, and twice more after a rejection. */
const MOST_TRIES = 3;

type Party = { letterId: string; email: string; kind: SignatoryKind; name: string };

/**
 * Whether a mailbox has no place left on a letter for somebody: their own is taken, as many individuals have signed from it as
 * may, or they were rejected as often as may be. Looked at before the unique key decides, so that a refusal is no error in the
 * database's log.
 */
export async function isTaken(database: Database, party: Party): Promise<boolean> {
  const { letterId, email, kind, name } = party;
  const claim = claimOf(letterId, email, kind, name);
  if ((await database.signature.count({ where: { claim } })) > 0) return true;
  const isSame = (one: string) => foldName(one) === foldName(name);
  const { people, rejected } = await namesOf(database, party);
  if (rejected.filter(isSame).length >= MOST_TRIES) return true;
  if (kind !== "INDIVIDUAL") return false;
  // Claims of earlier versions did not know the name.
  const full = people.length >= MOST_INDIVIDUALS || rejected.length >= MOST_INDIVIDUALS * MOST_TRIES;
  return full || people.some(isSame);
}

/** The names that were signed with from a mailbox for a letter, as typed: of those that have a place, and of those rejected. */
async function namesOf(database: Database, { letterId, email, kind }: Party) {
  const rows = await database.$queryRaw<
    { id: string; rejected: boolean; claimed: boolean; wrapped: string | null; typed: string | null }[]
  >`
    SELECT g.id::text, g.state = 'REJECTED' AS rejected, g.claim IS NOT NULL AS claimed, k.wrapped, s.typed
    FROM signature g JOIN signatory s ON s.id = g.signatory_id LEFT JOIN signature_key k ON k.signature_id = g.id
    WHERE g.letter_id = ${letterId}::uuid AND g.address_hash = ${addressHash(email)}
      AND s.kind = ${kind}::"SignatoryKind" AND (g.state = 'REJECTED' OR g.claim IS NOT NULL)`;
  const names = (of: typeof rows) =>
    of.map(({ id, wrapped, typed }) =>
      wrapped && typed ? decryptSignatory(decryptDataKey(id, wrapped), { typed, corrected: null }).name : "",
    );
  return {
    people: names(rows.filter(({ claimed }) => claimed)),
    rejected: names(rows.filter(({ rejected }) => rejected)),
  };
}
