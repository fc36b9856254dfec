import { letterTag, shareTag } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import type { LetterPage } from "@/lib/letters/cached";

/** The picture that goes with a shown letter where it is shared; null before it is drawn. */
export function readSharePicture({ id: letterId, slug, textLocale: language }: LetterPage) {
  return cache.remember(`share-picture:${slug}:${language}`, async (scope) => {
    // What is kept is the answer that it becomes.
    scope.storable = false;
    scope.dependsOn([letterTag(slug), shareTag(slug)]);
    const where = { letterId_language: { letterId, language } };
    return (await db.sharePicture.findUnique({ where, select: { bytes: true } }))?.bytes ?? null;
  });
}
