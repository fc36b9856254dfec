import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { lockSignatures } from "@/lib/signatures/engine/subject";
import { makeManageLink } from "@/lib/signatures/own/manage-link";
import { findLink, leadsOn, shownBy } from "@/lib/signatures/queries";

/**
 * Leads the holder of a confirmation link on to a signature that was confirmed with it, within the hour.
 * @returns the token of a link to one's own signature
 * @throws DomainError `not-found` where the link is not of this hour, or does not show the signature
 */
export async function leadOn({ token, id, now }: { token: string; id: string; now: Date }): Promise<string> {
  return db.$transaction(async (tx) => {
    // First: another link may end this one at the same moment, and then it makes none.
    await lockSignatures(tx, [id]);
    const link = await findLink(tx, token);
    if (!link || link.expiresAt <= now || !leadsOn(link, now)) throw new DomainError("not-found");
    const where = { id, ...shownBy(link), verifiedAt: { gte: link.mailedAt } };
    const row = await tx.signature.findFirst({ where, select: { id: true, spellingHash: true } });
    const made = row && (await makeManageLink(row, tx));
    if (!made) throw new DomainError("not-found");
    return made;
  });
}
