import { db } from "@/lib/db/client";
import { skeletonOf } from "@/lib/fields/names/skeleton";
import { siteSkeleton } from "@/lib/fields/websites/site-skeleton";

const BATCH = 500;

/** Gives the names that were on a letter's list before skeletons were kept theirs. */
export async function fillSkeletons(letterId: string): Promise<void> {
  for (let after: string | undefined; ; ) {
    const rows = await db.signatory.findMany({
      where: {
        name: { not: null },
        skeleton: null,
        signature: { letterId },
        ...(after && { id: { gt: after } }),
      },
      orderBy: { id: "asc" },
      take: BATCH,
      select: { id: true, name: true, website: true },
    });
    for (const { id, name, website } of rows) {
      if (name === null) continue;
      const skeletons = { skeleton: skeletonOf(name), siteSkeleton: website && siteSkeleton(website) };
      // Only beside the name that it was made from.
      await db.signatory.updateMany({ where: { id, name }, data: skeletons });
    }
    after = rows.at(-1)?.id;
    if (rows.length < BATCH) return;
  }
}
