import { BLOCKS_TAG } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { findBlock, readBlocks } from "@/lib/moderation/blocklist/queries";
import type { Blockable } from "@/lib/moderation/blocklist/rules";
import type { BlockKind } from "@/prisma/generated/enums";

/**
 * Which kind of rule of the blocklist names a mailbox or the network that a signature comes from; null for most. Costs
 * no query until the list changes. An address or a domain gets no mail; a network still gets its own.
 * @param one the address as typed, and the network as `lib/http/client-address.ts` names it
 */
export async function isBlocked(one: Blockable): Promise<BlockKind | null> {
  const blocks = await cache.remember("block-rules", (scope) => {
    scope.dependsOn([BLOCKS_TAG]);
    return readBlocks(db);
  });
  return findBlock(blocks, one);
}
