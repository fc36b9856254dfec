import type { Database } from "@/lib/db/client";
import { hashToken } from "@/lib/encryption/tokens";
import { moveLinkBegan } from "@/lib/signatures/move/rules";
import type { AddressMove } from "@/prisma/generated/client";

/** A move, and which of its two mailboxes a link was sent to. */
export type FoundMove = AddressMove & { side: "old" | "new" };

/** The move that a mailed link is about; null for one that is over. */
export async function findMove(database: Database, token: string, now: Date): Promise<FoundMove | null> {
  const hash = hashToken(token);
  const move = await database.addressMove.findFirst({
    where: {
      OR: [{ tokenHash: hash }, { oldTokenHash: hash }],
      AND: { OR: [{ askedAt: { gt: moveLinkBegan(now) } }, { state: "CONFIRMED" }] },
    },
  });
  return move && { ...move, side: move.tokenHash === hash ? "new" : "old" };
}
