import type { Database } from "@/lib/db/client";
import type { Flagged } from "@/lib/flags/flagged";
import type { Published } from "@/lib/flags/rules";
import { isFreeMail } from "@/lib/mail-address/free-mail";
import { mailDomain } from "@/lib/mail-address/rules";
import { skeletonOf } from "@/lib/names/skeleton";
import { siteSkeleton } from "@/lib/websites/site-skeleton";
import { Prisma } from "@/prisma/generated/client";

/** What is published and comes near, by the id of the signature that it comes near to. */
type Near = Map<string, Published[]>;

type Sought = { id: string; skeleton: string };

// More than the rules let resemble: trigrams only narrow down whom they look at.
const LIKENESS = 0.4;
const MOST = 8;

/** Published signatories of a letter whose names come near those of some of its signatures. */
export function findNearNames(
  database: Database,
  letterId: string,
  signatures: readonly Flagged[],
): Promise<Near> {
  const sought = signatures.map(({ id, fields }) => ({ id, skeleton: skeletonOf(fields.name) }));
  return findNear(database, letterId, sought, Prisma.sql`s.skeleton`);
}

/** Published organisations of a letter whose websites come near to the mail domains or websites of its signatures. */
export function findNearSites(
  database: Database,
  letterId: string,
  signatures: readonly Flagged[],
): Promise<Near> {
  const sought = signatures.flatMap(({ id, email, fields }) => {
    const domain = mailDomain(email);
    const addresses = [isFreeMail(domain) ? null : domain, fields.website];
    const skeletons = new Set(addresses.flatMap((address) => (address && siteSkeleton(address)) || []));
    return [...skeletons].map((skeleton) => ({ id, skeleton }));
  });
  return findNear(database, letterId, sought, Prisma.sql`s.site_skeleton`);
}

async function findNear(
  database: Database,
  letterId: string,
  sought: readonly Sought[],
  column: Prisma.Sql,
): Promise<Near> {
  const near: Near = new Map();
  if (sought.length === 0) return near;
  const rows = await database.$queryRaw<(Published & { id: string })[]>`
    SELECT w.id, p.*
    FROM unnest(${sought.map(({ id }) => id)}::uuid[], ${sought.map(({ skeleton }) => skeleton)}::text[]) w(id, skeleton)
    CROSS JOIN LATERAL (
      SELECT g.id AS "signatureId", s.name, s.website
      FROM signatory s JOIN signature g ON g.signatory_id = s.id
      WHERE g.letter_id = ${letterId}::uuid AND g.state = 'APPROVED' AND g.id <> w.id AND s.name IS NOT NULL
        AND (${column} = w.skeleton
          OR ${column} % w.skeleton AND similarity(${column}, w.skeleton) >= ${LIKENESS}::real)
      ORDER BY ${column} = w.skeleton DESC, similarity(${column}, w.skeleton) DESC, s.id
      LIMIT ${MOST}
    ) p`;
  for (const { id, ...published } of rows) near.set(id, [...(near.get(id) ?? []), published]);
  return near;
}
