import type { Database } from "@/lib/db/client";
import { foldName } from "@/lib/fields/names/rules";
import type { EvidenceFacts, Likeness } from "@/lib/moderation/evidence";
import { listingOf } from "@/lib/signatures/claim";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import type { SignatoryKind } from "@/prisma/generated/enums";

/** A signature whose evidence is gathered. */
export type Examined = {
  id: string;
  letterId: string;
  kind: SignatoryKind;
  country: string;
  email: string;
  addressHash: string | null;
  verifiedAt: Date | null;
  fields: SignatoryFields;
};

// Below this, pg_trgm calls names alike that share little more than a common word.
const LIKENESS = 0.45;
const MOST_SHOWN = 5;

/** Gathers what the database knows about a signature's credibility. */
export async function gatherEvidence(database: Database, examined: Examined): Promise<EvidenceFacts> {
  const { kind, verifiedAt, email, fields } = examined;
  const [listedAs, similar, sameMailbox] = await Promise.all([
    findListed(database, examined),
    findSimilar(database, examined),
    countMailbox(database, examined),
  ]);
  return {
    kind,
    verifiedAt,
    email,
    website: fields.website,
    orcid: fields.orcid,
    listedAs,
    similar,
    sameMailbox,
  };
}

async function findListed(database: Database, { id, letterId, kind, country, fields }: Examined) {
  if (kind !== "ORGANISATION") return null;
  const listing = listingOf(letterId, fields.name, country);
  const listed = await database.signature.findUnique({ where: { listing }, select: { id: true } });
  return listed && listed.id !== id ? { signatureId: listed.id } : null;
}

function findSimilar(database: Database, { id, letterId, fields }: Examined): Promise<Likeness[]> {
  const folded = foldName(fields.name);
  return database.$queryRaw<Likeness[]>`
    SELECT g.id AS "signatureId", s.name, s.country
    FROM signatory s JOIN signature g ON g.signatory_id = s.id
    WHERE g.letter_id = ${letterId}::uuid AND g.state = 'APPROVED' AND g.id <> ${id}::uuid
      AND (s.folded = ${folded} OR s.folded % ${folded} AND similarity(s.folded, ${folded}) >= ${LIKENESS}::real)
    ORDER BY s.folded = ${folded} DESC, similarity(s.folded, ${folded}) DESC, s.id
    LIMIT ${MOST_SHOWN}`;
}

async function countMailbox(database: Database, { id, letterId, addressHash }: Examined): Promise<number> {
  if (!addressHash) return 0;
  // What waits for its confirmation may be a stranger's.
  const others = { id: { not: id }, state: { not: "PENDING" } } as const;
  return database.signature.count({ where: { letterId, addressHash, ...others } });
}
