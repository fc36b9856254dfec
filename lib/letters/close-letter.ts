import { writeAudit } from "@/lib/audit/write-audit";
import { announceChange, FEATURED_TAG, letterTag } from "@/lib/cache/changes";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";

/**
 * Closes an open letter at a time: from then on it is read but not signed.
 * @throws DomainError `conflict` where no letter of that slug is open past that time
 */
export async function closeLetter(slug: string, at: Date, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    const [letter] = await tx.letter.updateManyAndReturn({
      where: { slug, opensAt: { not: null }, OR: [{ closesAt: null }, { closesAt: { gt: at } }] },
      data: { closesAt: at, updatedAt: now },
      select: { id: true },
    });
    if (!letter) throw new DomainError("conflict");
    await writeAudit(tx, {
      at: now,
      actor: "SYSTEM",
      action: "letter.close",
      letterId: letter.id,
      details: { slug, closesAt: at.toISOString() },
    });
    await announceChange(tx, letterTag(slug));
    await announceChange(tx, FEATURED_TAG);
  });
}
