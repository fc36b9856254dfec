import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { type BlockPattern, networksIn, rulesNaming } from "@/lib/moderation/blocklist/rules";
import { addressHash, networkHash } from "@/lib/signatures/claim";
import type { Standing } from "@/lib/signatures/engine/rules";
import type { Prisma } from "@/prisma/generated/client";

const BATCH = 500;

/** Those of which a rule is still to be told: what waits in the queue, or apart for a weaker reason than a rule. */
export const NOT_BLOCKED = {
  state: { in: ["PENDING", "VERIFIED"] },
  OR: [{ hold: null }, { hold: "UNCHECKED" }],
} satisfies Prisma.SignatureWhereInput;

export const isBlockable = ({ state, hold }: Pick<Standing, "state" | "hold">) =>
  (state === "PENDING" || state === "VERIFIED") && (hold === null || hold === "UNCHECKED");

/**
 * Which of the undecided signatures a rule names. Networks and addresses are found by their hashes; of each domain one
 * address is decrypted, because a hash does not say what it lies below.
 */
export async function namedBy(rule: BlockPattern): Promise<Prisma.SignatureWhereInput> {
  const { kind, pattern } = rule;
  if (kind === "NETWORK") return { networkHash: { in: networksIn(rule).map(networkHash) } };
  if (kind === "ADDRESS") return { addressHash: addressHash(pattern) };
  return { domainHash: { in: await domainsNamedBy(rule) } };
}

async function domainsNamedBy({ kind, pattern }: BlockPattern): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string; address: string; wrapped: string; domainHash: string }[]>`
    SELECT DISTINCT ON (g.domain_hash) g.id::text, g.address, k.wrapped, g.domain_hash AS "domainHash"
    FROM signature g JOIN signature_key k ON k.signature_id = g.id
    WHERE g.state IN ('PENDING', 'VERIFIED') AND (g.hold IS NULL OR g.hold = 'UNCHECKED')
      AND g.address IS NOT NULL AND g.domain_hash IS NOT NULL
    ORDER BY g.domain_hash`;
  const isNamed = (email: string) =>
    rulesNaming({ email, network: null }).some((one) => one.kind === kind && one.pattern === pattern);
  return rows.flatMap(({ id, address, wrapped, domainHash }) =>
    isNamed(addressOf({ id, address, key: { wrapped } }) ?? "") ? [domainHash] : [],
  );
}

type Encrypted = { id: string; address: string | null; key: { wrapped: string } | null };

/** The address of an undecided signature; null where the person was erased. */
export function addressOf({ id, address, key }: Encrypted): string | null {
  return address && key && decrypt(decryptDataKey(id, key.wrapped), "signature.address", address);
}

/** The ids of what a rule names among the undecided signatures, in their order, read in batches. */
export async function* undecided(rule: BlockPattern): AsyncGenerator<string> {
  const named = await namedBy(rule);
  for (let after: string | undefined; ; ) {
    const rows = await db.signature.findMany({
      where: { AND: [NOT_BLOCKED, named, after ? { id: { gt: after } } : {}] },
      orderBy: { id: "asc" },
      take: BATCH,
      select: { id: true },
    });
    if (rows.length === 0) return;
    for (const { id } of rows) yield id;
    after = rows.at(-1)?.id;
  }
}
