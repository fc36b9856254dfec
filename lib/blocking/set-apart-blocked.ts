import { writeAudit } from "@/lib/audit/write-audit";
import { type BlockPattern, matcherOf, networksIn } from "@/lib/blocking/rules";
import { openPattern } from "@/lib/blocking/sealed-rule";
import { db } from "@/lib/db/client";
import { networkHash } from "@/lib/signatures/claim";
import { openDataKey } from "@/lib/vault/keys";
import { open } from "@/lib/vault/seal";

const BATCH = 500;

/**
 * Sets apart what a rule of the block list names among the signatures that are not decided: those of its addresses,
 * and those of its networks as far as these are still known. Repeating it does no harm.
 * @returns how many were set apart; none where the rule was removed
 */
export async function setApartBlocked({ ruleId, now }: { ruleId: string; now: Date }): Promise<number> {
  const rule = await db.blockRule.findUnique({
    where: { id: ruleId },
    select: { kind: true, pattern: true },
  });
  if (!rule) return 0;
  const pattern = { kind: rule.kind, pattern: openPattern(rule.pattern) };
  const isNamed = rule.kind === "NETWORK" ? namedByNetwork(pattern) : namedByAddress(pattern);
  let count = 0;
  for (let after: string | undefined; ; ) {
    const rows = await undecided(after);
    if (rows.length === 0) return count;
    for (const row of rows) if (isNamed(row) && (await setApart(row, ruleId, now))) count++;
    after = rows.at(-1)?.id;
  }
}

type Row = Awaited<ReturnType<typeof undecided>>[number];

function undecided(after?: string) {
  return db.signature.findMany({
    where: { state: { in: ["PENDING", "VERIFIED"] }, quarantine: null, ...(after && { id: { gt: after } }) },
    orderBy: { id: "asc" },
    take: BATCH,
    select: {
      id: true,
      letterId: true,
      address: true,
      networkHash: true,
      key: { select: { wrapped: true } },
    },
  });
}

function namedByAddress(pattern: BlockPattern): (row: Row) => boolean {
  const { matches } = matcherOf(pattern);
  return ({ id, address, key }) => {
    if (!address || !key) return false;
    const email = open(openDataKey(id, key.wrapped), "signature.address", address);
    return matches({ email, network: null });
  };
}

// Networks are kept as hashes only, which can be compared and not be asked what lies within a range.
function namedByNetwork(pattern: BlockPattern): (row: Row) => boolean {
  const hashes = new Set(networksIn(pattern).map(networkHash));
  return (row) => row.networkHash !== null && hashes.has(row.networkHash);
}

function setApart({ id, letterId }: Row, rule: string, now: Date): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.signature.updateMany({
      where: { id, state: { in: ["PENDING", "VERIFIED"] }, quarantine: null },
      data: { quarantine: "BLOCKED" },
    });
    if (count === 0) return false;
    const act = { at: now, actor: "SYSTEM", action: "signature.block" } as const;
    await writeAudit(tx, { ...act, letterId, signatureId: id, details: { rule } });
    return true;
  });
}
