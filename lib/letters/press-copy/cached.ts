import { pressTag } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import type { PressProblem } from "@/prisma/generated/enums";

/**
 * A letter's copy for the press as it is kept, with the number of its edition; null where none is made yet. Whatever shows it
 * depends on it: as soon as somebody in it goes, nobody has it any more.
 */
export async function pressCopy(
  { id, slug }: { id: string; slug: string },
  locale: string,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; edition: number } | { problem: PressProblem } | null> {
  // Only the tag: the bytes are in what is made of them.
  await cache.remember(`press:${slug}:${locale}`, async (scope) => {
    scope.dependsOn([pressTag(slug)]);
    return true;
  });
  const copy = await db.pressCopy.findUnique({ where: { letterId_locale: { letterId: id, locale } } });
  if (copy?.bytes && copy.edition) return { bytes: copy.bytes, edition: copy.edition };
  return copy?.problem ? { problem: copy.problem } : null;
}
