import { type Admin, decryptAdminAddress } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { type Database, db } from "@/lib/db/client";
import { decryptPattern, decryptReason } from "@/lib/moderation/blocklist/encrypted-rule";
import { type BlockMatcher, type BlockPattern, matcherOf } from "@/lib/moderation/blocklist/rules";
import type { BlockKind } from "@/prisma/generated/enums";

/** A rule of the blocklist as administrators see it. */
export type BlockListLine = {
  id: string;
  kind: BlockKind;
  pattern: string;
  reason: string;
  /** The address of whoever made it. */
  by: string;
  createdAt: Date;
};

/** The whole blocklist, newest first. */
export async function listBlocks(admin: Admin): Promise<BlockListLine[]> {
  assertMay(admin, "lists.read");
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

/** The rules as they are written. */
export async function readRules(database: Database): Promise<(BlockPattern & { id: string })[]> {
  const rows = await database.blockRule.findMany({ select: { id: true, kind: true, pattern: true } });
  return rows.map(({ id, kind, pattern }) => ({ id, kind, pattern: decryptPattern(pattern) }));
}

/** The rules in the form in which they are compared. */
export async function readMatchers(database: Database): Promise<BlockMatcher[]> {
  return (await readRules(database)).map(matcherOf);
}
