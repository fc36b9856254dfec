import { bySystem } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { siteNow } from "@/lib/site/queries";
import { markOf, partOf, textsIn } from "@/lib/site/rules";
import { saveSite, saveSiteTexts } from "@/lib/site/save-site";
import { SAMPLE_ORGANISER, SAMPLE_TEXTS } from "@/prisma/sample/site";

/** Says who runs the site: no letter is published before. */
export async function nameSite(): Promise<void> {
  const site = await siteNow(db);
  const context = bySystem(new Date());
  await saveSite(context, "organiser", SAMPLE_ORGANISER, markOf(partOf(site, "organiser")));
  await saveSiteTexts(context, SAMPLE_TEXTS, markOf(textsIn(site, SAMPLE_TEXTS.locale)));
}
