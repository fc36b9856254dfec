import { CODE_DIGITS } from "@/lib/bulk/condition-fields";
import { CHOOSABLE_STATES } from "@/lib/bulk/rules";
import type { Conditions } from "@/lib/bulk/schemas";
import { hashOfDomain } from "@/lib/signatures/claim";
import { Prisma } from "@/prisma/generated/client";

/**
 * The short code by which moderators name a network. It is made from the keyed hash, and says no more about the
 * network than that does.
 * @param hash an expression for the network's hash
 */
export function networkCodeOf(hash: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`upper(left(encode(sha256(convert_to(${hash}, 'UTF8')), 'hex'), ${CODE_DIGITS}::int))`;
}

/** Over `signature g`: those that an invalidation does something to, as `invalidationOf` says. */
const OPEN = Prisma.sql`
  g.state = ANY(${[...CHOOSABLE_STATES]}::"SignatureState"[])
  AND (g.state <> 'PENDING' OR g.quarantine IS DISTINCT FROM 'INVALIDATED')
  AND EXISTS (SELECT FROM signature_key k WHERE k.signature_id = g.id)`;

/** The condition over `signature g` for everything that the database itself can tell: all but the text. */
export function plainConditions(conditions: Conditions): Prisma.Sql {
  const { letterId, states, domains, networks, from, until, flags, quarantines } = conditions;
  const hashes = domains.map(hashOfDomain);
  const parts: [boolean, Prisma.Sql][] = [
    [domains.length > 0, Prisma.sql`g.domain_hash = ANY(${hashes}::text[])`],
    [
      networks.length > 0,
      Prisma.sql`${networkCodeOf(Prisma.sql`g.network_hash`)} = ANY(${networks}::text[])`,
    ],
    [Boolean(from), Prisma.sql`g.submitted_at >= ${from}::timestamptz`],
    [Boolean(until), Prisma.sql`g.submitted_at < ${until}::timestamptz`],
    [
      flags.length + quarantines.length > 0,
      Prisma.sql`(g.flags && ${flags}::text[] OR g.quarantine = ANY(${quarantines}::"Quarantine"[]))`,
    ],
  ];
  const wanted = parts.flatMap(([asked, part]) => (asked ? [Prisma.sql`AND ${part}`] : []));
  return Prisma.sql`
    g.letter_id = ${letterId}::uuid AND g.state = ANY(${states}::"SignatureState"[]) AND ${OPEN}
    ${wanted.length > 0 ? Prisma.join(wanted, " ") : Prisma.empty}`;
}

/** The condition over `signature g` for those of a draft that its run would still do something to. */
export function stillChosen(bulkActId: string): Prisma.Sql {
  return Prisma.sql`
    EXISTS (
      SELECT FROM bulk_item i WHERE i.bulk_act_id = ${bulkActId}::uuid AND i.signature_id = g.id
        AND (g.state = 'PENDING' OR g.revision = i.revision)
    ) AND ${OPEN}`;
}
