import type { Database } from "@/lib/db/client";
import { listKey } from "@/lib/fields/names/list-key";
import type { EvidenceFacts, Likeness } from "@/lib/moderation/evidence";
import { listingOf } from "@/lib/signatures/claim";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import type { Prisma } from "@/prisma/generated/client";
import type { SignatoryKind } from "@/prisma/generated/enums";

type Examined = {
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
  const [listedAs, similar, sameMailbox, rejected] = await Promise.all([
    findListed(database, examined),
    findSimilar(database, examined),
    countMailbox(database, examined),
    findRejected(database, examined),
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
    rejected,
  };
}

async function findListed(database: Database, { id, letterId, kind, country, fields }: Examined) {
  if (kind !== "ORGANISATION") return null;
  const listing = listingOf(letterId, fields.name, country);
  const listed = await database.signature.findUnique({ where: { listing }, select: { id: true } });
  return listed && listed.id !== id ? { signatureId: listed.id } : null;
}

async function findSimilar(
  database: Database,
  { id, letterId, kind, fields }: Examined,
): Promise<Likeness[]> {
  const { locale } = await database.letter.findUniqueOrThrow({
    where: { id: letterId },
    select: { locale: true },
  });
  const folded = listKey(fields.name, kind === "ORGANISATION" ? "organisation" : "person", locale);
  return database.$queryRaw<Likeness[]>`
    SELECT signature_id AS "signatureId", name, country FROM public_signatory
    WHERE letter_id = ${letterId}::uuid AND signature_id <> ${id}::uuid
      AND (sort_key = ${folded} OR sort_key % ${folded} AND similarity(sort_key, ${folded}) >= ${LIKENESS}::real)
    ORDER BY sort_key = ${folded} DESC, similarity(sort_key, ${folded}) DESC, id
    LIMIT ${MOST_SHOWN}`;
}

async function countMailbox(database: Database, { id, letterId, addressHash }: Examined): Promise<number> {
  if (!addressHash) return 0;
  // What waits for its confirmation may be a stranger's; what was rejected is said apart.
  const others: Prisma.SignatureWhereInput = { id: { not: id }, state: { notIn: ["PENDING", "REJECTED"] } };
  return database.signature.count({ where: { letterId, addressHash, ...others } });
}

async function findRejected(database: Database, { id, letterId, kind, addressHash }: Examined) {
  if (!addressHash) return [];
  const rows = await database.signature.findMany({
    where: { letterId, addressHash, state: "REJECTED", id: { not: id }, signatory: { kind } },
    orderBy: { decidedAt: "desc" },
    take: MOST_SHOWN,
    select: {
      id: true,
      decidedAt: true,
      objections: { where: { state: "REMOVED" }, take: 1, select: { own: true } },
    },
  });
  return rows.flatMap(({ id: signatureId, decidedAt: at, objections }) =>
    at ? [{ signatureId, at, reported: objections.length > 0 }] : [],
  );
}
