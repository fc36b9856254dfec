import { networkCodeOf } from "@/lib/bulk/matching";
import { db } from "@/lib/db/client";
import { mailDomain } from "@/lib/mail-address/rules";
import { openDataKey } from "@/lib/vault/keys";
import { open } from "@/lib/vault/seal";
import { Prisma } from "@/prisma/generated/client";

/** The mail domains and networks that most of the chosen signatures come from, each with how many. */
export type Origins = {
  domains: { domain: string; count: number }[];
  networks: { code: string; count: number }[];
};

const MOST_DOMAINS = 50;
const MOST_NETWORKS = 20;

/** Where the chosen signatures come from, most first; origins of a single one are left out. @param where over `signature g` */
export async function originsOf(where: Prisma.Sql): Promise<Origins> {
  const networks = await db.$queryRaw<Origins["networks"]>`
    SELECT ${networkCodeOf(Prisma.sql`g.network_hash`)} AS code, count(*)::int AS count
    FROM signature g WHERE ${where} AND g.network_hash IS NOT NULL
    GROUP BY g.network_hash HAVING count(*) > 1 ORDER BY count(*) DESC, 1 LIMIT ${MOST_NETWORKS}`;
  return { domains: await domainsOf(where), networks };
}

type Example = { id: string; count: number; address: string; wrapped: string };

/** Only hashes of domains are kept: the name is read from one address of each. */
async function domainsOf(where: Prisma.Sql): Promise<Origins["domains"]> {
  const examples = await db.$queryRaw<Example[]>`
    SELECT e.id, e.count, g.address, k.wrapped
    FROM (
      SELECT min(g.id::text)::uuid AS id, count(*)::int AS count FROM signature g
      WHERE ${where} AND g.domain_hash IS NOT NULL AND g.address IS NOT NULL
      GROUP BY g.domain_hash HAVING count(*) > 1 ORDER BY count(*) DESC, 1 LIMIT ${MOST_DOMAINS}
    ) e JOIN signature g ON g.id = e.id JOIN signature_key k ON k.signature_id = g.id
    ORDER BY e.count DESC, e.id`;
  return examples.map(({ id, count, address, wrapped }) => ({
    domain: mailDomain(open(openDataKey(id, wrapped), "signature.address", address)),
    count,
  }));
}
