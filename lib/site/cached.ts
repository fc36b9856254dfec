import { SITE_TAG } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { logoBytes, siteNow } from "@/lib/site/queries";
import type { Site } from "@/lib/site/rules";

/**
 * The site's settings for a page. Costs no query until they change; every page that reads them is made anew then. In the
 * worker, where nothing says that they have changed, read `siteNow`.
 */
export async function readSite(): Promise<Site> {
  return cache.remember("site", async (scope) => {
    scope.dependsOn([SITE_TAG]);
    return siteNow(db);
  });
}

/** The bytes of the organiser's picture; null for any other than today's. */
export async function readLogo(id: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const { logo } = await readSite();
  return logo?.id === id ? logoBytes(db, id) : null;
}
