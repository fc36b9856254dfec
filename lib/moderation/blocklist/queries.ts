import { type Admin, decryptAdminAddress } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { type Database, db } from "@/lib/db/client";
import { decryptPattern, decryptReason, patternHash } from "@/lib/moderation/blocklist/encrypted-rule";
import { type Blockable, type BlockPattern, isRetired, rulesNaming } from "@/lib/moderation/blocklist/rules";
import { log } from "@/lib/ops/log/log";
import type { BlockKind } from "@/prisma/generated/enums";

/** A rule of the blocklist as administrators see it. */
export type BlockListLine = {
  id: string;
  kind: BlockKind;
  pattern: string;
  reason: string;
  /** The address of the person who made it. */
  by: string;
  createdAt: Date;
};

/** The whole blocklist, newest first. */
export async function listBlocks(admin: Admin): Promise<BlockListLine[]> {
  assertMay(admin, "blocklist.read");
  const rows = await db.blockRule.findMany({
    orderBy: { id: "desc" },
    include: { admin: { select: { address: true } } },
  });
  return rows.map(({ id, kind, pattern, reason, createdAt, admin: maker }) => ({
    id,
    kind,
    pattern: decryptPattern(pattern),
    reason: decryptReason(reason),
    by: decryptAdminAddress(maker.address),
    createdAt,
  }));
}

export async function readRules(database: Database): Promise<(BlockPattern & { id: string })[]> {
  const rows = await database.blockRule.findMany({ select: { id: true, kind: true, pattern: true } });
  return rows.map(({ id, kind, pattern }) => ({ id, kind, pattern: decryptPattern(pattern) }));
}

/** How many rules name nobody any more and are still to be replaced. */
export async function countRetired(admin: Admin): Promise<number> {
  assertMay(admin, "blocklist.read");
  return (await readRules(db)).filter(isRetired).length;
}

/** What `findBlock` looks in: the hashes of rules, and how long the ranges of networks among them are, in bits. */
type Blocks = { hashes: ReadonlySet<string>; lengths: ReadonlySet<number> };

export const blocksOf = (rules: BlockPattern[]): Blocks => ({
  hashes: new Set(rules.map(patternHash)),
  lengths: new Set(
    rules.flatMap(({ kind, pattern }) => (kind === "NETWORK" ? [Number(pattern.split("/")[1])] : [])),
  ),
});

/** Reads all rules for `findBlock`; tells the log of those that name nobody any more. */
export async function readBlocks(database: Database): Promise<Blocks> {
  const rules = await readRules(database);
  const retired = rules.filter(isRetired).map(({ id }) => id);
  if (retired.length > 0)
    log.warn("blocklist rules with a star inside a name do not work: replace them", {
      rules: retired.join(" "),
    });
  return blocksOf(rules);
}

/** Which kind of rule names a mailbox or network; the kinds that stop mail come first. */
export function findBlock({ hashes, lengths }: Blocks, one: Blockable): BlockKind | null {
  return rulesNaming(one, lengths).find((rule) => hashes.has(patternHash(rule)))?.kind ?? null;
}
