import type { Admin } from "@/lib/auth/admin";
import { assertMaySomewhere } from "@/lib/auth/assert-may";
import { ofTheirLetters } from "@/lib/auth/letters-of";
import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { mailDomain } from "@/lib/fields/addresses/rules";
import { stillChosen } from "@/lib/moderation/bulk/choosable";
import { decryptFilters, type KeptFilters } from "@/lib/moderation/bulk/encrypted";
import { networkCodeOf } from "@/lib/moderation/filters/matching";
import { readSome } from "@/lib/moderation/filters/read-matches";
import { type QueueLine, toLine } from "@/lib/moderation/queries";
import { Prisma } from "@/prisma/generated/client";
import type { BulkOperation, SignatureState } from "@/prisma/generated/enums";

/** A choice that was written down, and what running it would do now. */
export type Draft = {
  id: string;
  operation: BulkOperation;
  filters: KeptFilters;
  /** How many would be changed. */
  count: number;
  /** Of these, how many are in each state; states without any are absent. */
  states: Partial<Record<SignatureState, number>>;
  /** How many more were chosen and have moved on since: a run passes them over. */
  movedOn: number;
  origins: Origins;
  sample: QueueLine[];
};

const SAMPLE = 20;

/** A draft as it stands; null where there is none, or it was run. @throws DomainError `forbidden` */
export async function readDraft(admin: Admin, id: string): Promise<Draft | null> {
  assertMaySomewhere(admin, "bulk.run");
  const select = { operation: true, conditions: true, total: true } as const;
  const act = await db.bulkAction.findUnique({
    where: { id, state: "DRAFT", ...ofTheirLetters(admin) },
    select,
  });
  const filters = act && decryptFilters(act.conditions);
  if (!filters) return null;
  const { operation, total } = act;
  const where = stillChosen(id, operation);
  const states = await countStates(where);
  const count = Object.values(states).reduce((sum, some) => sum + some, 0);
  const sample = (await readSome(where, SAMPLE)).map(toLine);
  const origins = await originsOf(where);
  return { id, operation, filters, count, states, movedOn: total - count, origins, sample };
}

async function countStates(where: Prisma.Sql): Promise<Draft["states"]> {
  const groups = await db.$queryRaw<{ state: SignatureState; count: number }[]>`
    SELECT g.state::text AS state, count(*)::int AS count FROM signature g WHERE ${where}
    GROUP BY g.state ORDER BY g.state`;
  return Object.fromEntries(groups.map(({ state, count }) => [state, count]));
}

/** The mail domains and networks that most of the chosen signatures come from, each with how many. */
type Origins = {
  domains: { domain: string; count: number }[];
  networks: { code: string; count: number }[];
};

const MOST_DOMAINS = 50;
const MOST_NETWORKS = 20;

/** Where the chosen signatures come from, most first; origins of a single one are left out. @param where over `signature g` */
async function originsOf(where: Prisma.Sql): Promise<Origins> {
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
    domain: mailDomain(decrypt(decryptDataKey(id, wrapped), "signature.address", address)),
    count,
  }));
}
