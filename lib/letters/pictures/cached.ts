import { letterTag } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { publicPicture } from "@/lib/letters/pictures/queries";

/** A picture of a letter that everybody reads; null for any other. */
export async function readPublicPicture(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  return cache.remember(`picture:${name}`, async (scope) => {
    // What is kept is the answer that it becomes, for as long as the letter stays as it is.
    scope.storable = false;
    const found = await publicPicture(db, name, new Date());
    if (found) scope.dependsOn([letterTag(found.slug)]);
    return found?.bytes ?? null;
  });
}
