import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { canonicalAddress, mailDomain } from "@/lib/fields/addresses/rules";
import { type BlockPattern, matcherOf, networksIn } from "@/lib/moderation/blocklist/rules";
import { STAR } from "@/lib/moderation/blocklist/wildcards";
import { addressHash, networkHash } from "@/lib/signatures/claim";
import type { Standing } from "@/lib/signatures/engine/rules";
import type { Prisma } from "@/prisma/generated/client";

const BATCH = 500;

const COLUMNS = {
  id: true,
  letterId: true,
  address: true,
  networkHash: true,
  key: { select: { wrapped: true } },
} as const;

/** A signature that nobody has decided about, as far as the blocklist looks at it. */
export type Undecided = Prisma.SignatureGetPayload<{ select: typeof COLUMNS }>;

/** Those of which a rule is still to be told: what waits in the queue, or apart for a weaker reason than a rule. */
export const NOT_BLOCKED = {
  state: { in: ["PENDING", "VERIFIED"] },
  OR: [{ hold: null }, { hold: "UNCHECKED" }],
} satisfies Prisma.SignatureWhereInput;

/** The same of one that was read. */
export const isBlockable = ({ state, hold }: Pick<Standing, "state" | "hold">) =>
  (state === "PENDING" || state === "VERIFIED") && (hold === null || hold === "UNCHECKED");

/** Which signatures a rule names: a condition for the database, and what is left to compare with the opened address. */
export type Named = { where: Prisma.SignatureWhereInput; matches?: (email: string) => boolean };

/**
 * Prepares the search for what a rule names among the undecided signatures, so that as few addresses as possible are
 * opened: of networks and exact addresses their hashes are looked for, of domains one address each is opened.
 */
export async function namedBy(rule: BlockPattern): Promise<Named> {
  const { kind, pattern } = rule;
  // Networks are kept as hashes only, which can be compared and not be asked what lies within a range.
  if (kind === "NETWORK") return { where: { networkHash: { in: networksIn(rule).map(networkHash) } } };
  const matcher = matcherOf(rule);
  const matches = (email: string) => matcher.matches({ email, network: null });
  if (kind === "DOMAIN") return { where: { domainHash: { in: await domainsWhere(matches) } } };
  if (!pattern.includes(STAR)) return { where: { addressHash: addressHash(pattern) } };
  const domains = [mailDomain(pattern), mailDomain(canonicalAddress(pattern))];
  const there = (email: string) =>
    domains.includes(mailDomain(email)) || domains.includes(mailDomain(canonicalAddress(email)));
  return { where: { domainHash: { in: await domainsWhere(there) } }, matches };
}

/** The hashes of those domains of undecided signatures of which a test holds. */
async function domainsWhere(test: (email: string) => boolean): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string; address: string; wrapped: string; domainHash: string }[]>`
    SELECT DISTINCT ON (g.domain_hash) g.id::text, g.address, k.wrapped, g.domain_hash AS "domainHash"
    FROM signature g JOIN signature_key k ON k.signature_id = g.id
    WHERE g.state IN ('PENDING', 'VERIFIED') AND (g.hold IS NULL OR g.hold = 'UNCHECKED')
      AND g.address IS NOT NULL AND g.domain_hash IS NOT NULL
    ORDER BY g.domain_hash`;
  return rows.flatMap(({ id, address, wrapped, domainHash }) =>
    test(addressOf({ id, address, key: { wrapped } }) ?? "") ? [domainHash] : [],
  );
}

/** The address of an undecided signature; null where the person was erased. */
export function addressOf({ id, address, key }: Pick<Undecided, "id" | "address" | "key">): string | null {
  return address && key && decrypt(decryptDataKey(id, key.wrapped), "signature.address", address);
}

/** Goes through what a rule names among the undecided signatures, batch by batch, in the order of their ids. */
export async function* undecided({ where, matches }: Named): AsyncGenerator<Undecided> {
  for (let after: string | undefined; ; ) {
    const rows = await db.signature.findMany({
      where: { AND: [NOT_BLOCKED, where, after ? { id: { gt: after } } : {}] },
      orderBy: { id: "asc" },
      take: BATCH,
      select: COLUMNS,
    });
    if (rows.length === 0) return;
    for (const row of rows) {
      const email = matches && addressOf(row);
      if (!matches || (email && matches(email))) yield row;
    }
    after = rows.at(-1)?.id;
  }
}
