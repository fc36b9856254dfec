import type { Database } from "@/lib/db/client";
import { hashToken } from "@/lib/encryption/tokens";
import { moveLinkBegan } from "@/lib/signatures/move/rules";

/** The move that a link to the new mailbox confirms; null for one that is over. */
export const findMove = (database: Database, token: string, now: Date) =>
  database.addressMove.findFirst({
    where: { tokenHash: hashToken(token), askedAt: { gt: moveLinkBegan(now) } },
  });
