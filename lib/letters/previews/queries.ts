import type { Database } from "@/lib/db/client";
import { hashToken, readToken } from "@/lib/encryption/tokens";

/** What is behind a link to a draft: which letter, or that it is over. */
export type BehindPreview =
  | { is: "open"; letterId: string; expiresAt: Date }
  | { is: "expired" }
  | { is: "revoked" };

/** @returns null where there never was such a link */
export async function draftBehind(
  database: Database,
  written: string,
  now: Date,
): Promise<BehindPreview | null> {
  const token = readToken(written);
  const link =
    token &&
    (await database.previewLink.findUnique({
      where: { tokenHash: hashToken(token) },
      select: { letterId: true, expiresAt: true, revokedAt: true },
    }));
  if (!link) return null;
  if (link.revokedAt) return { is: "revoked" };
  const { letterId, expiresAt } = link;
  return expiresAt <= now ? { is: "expired" } : { is: "open", letterId, expiresAt };
}

/** The links to a letter's draft that still work, the newest first. */
export function workingLinks(database: Database, slug: string, now: Date) {
  return database.previewLink.findMany({
    where: { letter: { slug }, revokedAt: null, expiresAt: { gt: now } },
    orderBy: { createdAt: "desc" },
    select: { id: true, createdAt: true, expiresAt: true },
  });
}
