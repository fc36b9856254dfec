import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { behindManageLink, type OwnSignature } from "@/lib/signatures/own/own-signatures";
import type { ActorKind } from "@/prisma/generated/enums";

/** What was done to one's own signature, when, and by whom: oneself, a moderator or the site. */
export type OwnEvent = { at: Date; action: string; by: ActorKind };

export type OwnData = OwnSignature & { history: OwnEvent[] };

/** All that is stored of one's own signatures, for their owner to keep; null for a link that leads to none. */
export async function ownData(token: string, locale: string, now: Date): Promise<OwnData[] | null> {
  const behind = await behindManageLink(token, locale, now);
  return behind.state === "open" ? withHistory(behind.signatures) : null;
}

/** Signatures with what was done to each. */
export async function withHistory(signatures: OwnSignature[]): Promise<OwnData[]> {
  const ids = signatures.map(({ id }) => id);
  const lines = await db.auditEntry.findMany({
    where: { signatureId: { in: ids } },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    select: { signatureId: true, at: true, action: true, actor: true },
  });
  return signatures.map((signature) => ({
    ...signature,
    history: lines.flatMap(({ signatureId, at, action, actor: by }) =>
      signatureId === signature.id ? [{ at, action, by }] : [],
    ),
  }));
}

/** The same as a file that programs read. */
export function ownFile(data: OwnData[], now: Date) {
  return {
    exportedAt: now.toISOString(),
    site: env().publicUrl,
    signatures: data.map(
      ({ id: _, slug, title, textLocale, change: __, status: ___, signatory, ...rest }) => {
        const { typed, kind, country, expert, ...standing } = rest;
        const letter = { slug, title, language: textLocale, url: `${env().publicUrl}/letters/${slug}` };
        return {
          letter,
          kind,
          country,
          expert,
          displayed: signatory,
          typed: typed ?? signatory,
          ...standing,
        };
      },
    ),
  };
}
