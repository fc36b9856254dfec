import { CODE_DIGITS } from "@/lib/moderation/filters/fields";
import type { Filters, View } from "@/lib/moderation/filters/rules";
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

const IN_VIEW: Record<View, Prisma.Sql> = {
  PENDING: Prisma.sql`g.state = 'PENDING'`,
  VERIFIED: Prisma.sql`g.state = 'VERIFIED' AND g.hold IS NULL`,
  HOLD: Prisma.sql`g.state = 'VERIFIED' AND g.hold IS NOT NULL`,
  APPROVED: Prisma.sql`g.state = 'APPROVED'`,
  REJECTED: Prisma.sql`g.state = 'REJECTED'`,
};

/** The condition over `signature g` for everything that the database itself can tell: all but the text. */
export function matching(filters: Filters): Prisma.Sql {
  const { views, letterId, within, domains, networks, from, until, flags, holds } = filters;
  const inViews = views.map((view) => Prisma.sql`(${IN_VIEW[view]})`);
  const parts = [
    inViews.length > 0 ? Prisma.sql`(${Prisma.join(inViews, " OR ")})` : Prisma.sql`false`,
    // Of erased persons there is nothing to look at and nothing to decide.
    Prisma.sql`EXISTS (SELECT FROM signature_key k WHERE k.signature_id = g.id)`,
    letterId ? Prisma.sql`g.letter_id = ${letterId}::uuid` : [],
    within ? Prisma.sql`g.letter_id = ANY(${[...within]}::uuid[])` : [],
    domains.length > 0 ? Prisma.sql`g.domain_hash = ANY(${domains.map(hashOfDomain)}::text[])` : [],
    networks.length > 0
      ? Prisma.sql`${networkCodeOf(Prisma.sql`g.network_hash`)} = ANY(${networks}::text[])`
      : [],
    from ? Prisma.sql`g.submitted_at >= ${from}::timestamptz` : [],
    until ? Prisma.sql`g.submitted_at < ${until}::timestamptz` : [],
    flags.length + holds.length > 0
      ? Prisma.sql`(g.flags && ${flags}::text[] OR g.hold = ANY(${holds}::"HoldReason"[]))`
      : [],
  ].flat();
  return Prisma.join(parts, " AND ");
}
