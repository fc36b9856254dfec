import { writeAudit } from "@/lib/audit/write-audit";
import { assertPermitted } from "@/lib/auth/assert-may";
import type { Context } from "@/lib/auth/context";
import { announceChange, SITE_TAG } from "@/lib/cache/changes";
import { db, type Tx } from "@/lib/db/client";
import { outdatePressCopies } from "@/lib/letters/press-copy/void-press-copies";
import { siteNow } from "@/lib/site/queries";
import {
  markOf,
  namesOf,
  type PartValues,
  partOf,
  type Site,
  type SitePart,
  type SiteTexts,
  textsIn,
} from "@/lib/site/rules";

/** Whether it was saved; if not, what somebody else has set since. */
export type SavedSite = { saved: true } | { saved: false; now: Site };

/**
 * Changes one part of the site's settings. Overwrites nothing that the person who saves has not seen.
 * @param seen the mark (`markOf`) of the part as it was shown
 * @throws DomainError `forbidden`
 */
export async function saveSite<Part extends SitePart>(
  context: Context,
  part: Part,
  values: PartValues<Part>,
  seen: string,
): Promise<SavedSite> {
  return changeSite(context, part, async (tx, site) => {
    const change = compare(partOf(site, part), values, seen);
    if (change === "write") await tx.site.update({ where: { id: 1 }, data: values, select: { id: true } });
    return change;
  });
}

/** Changes imprint and privacy notice in one language; otherwise as `saveSite`. */
export async function saveSiteTexts(context: Context, texts: SiteTexts, seen: string): Promise<SavedSite> {
  const { locale } = texts;
  return changeSite(context, "texts", async (tx, site) => {
    const change = compare(textsIn(site, locale), texts, seen);
    const where = { siteId_locale: { siteId: 1, locale } };
    if (change === "write")
      await tx.siteText.upsert({ where, create: texts, update: texts, select: { locale: true } });
    return change;
  });
}

/** Changes what a country is called, in each language; empty for its usual name. Otherwise as `saveSite`. */
export async function saveCountryNames(
  context: Context,
  code: string,
  names: Record<string, string>,
  seen: string,
): Promise<SavedSite> {
  return changeSite(context, "countries", async (tx, site) => {
    const change = compare(namesOf(site, code), names, seen);
    if (change !== "write") return change;
    const { [code]: _, ...others } = site.countryNames;
    const own = Object.fromEntries(Object.entries(names).filter(([, name]) => name));
    const countryNames = { ...others, ...(Object.keys(own).length > 0 && { [code]: own }) };
    await tx.site.update({ where: { id: 1 }, data: { countryNames }, select: { id: true } });
    await outdatePressCopies(tx);
    return change;
  });
}

type Change = "write" | "same" | "other";

/** What saving comes to: the same values again, as by a second click, change nothing. */
function compare(before: object, after: object, seen: string): Change {
  if (markOf(before) === markOf({ ...before, ...after })) return "same";
  return markOf(before) === seen ? "write" : "other";
}

/** Locks the settings, permits, and, where something was written, notes and announces it. */
export async function changeSite(
  context: Context,
  part: string,
  change: (tx: Tx, site: Site) => Promise<Change>,
): Promise<SavedSite> {
  const { actor, now } = context;
  return db.$transaction(async (tx) => {
    // What the operator does from the command line nobody has to permit.
    if (actor.kind !== "system") await assertPermitted(tx, actor, "site.edit", null);
    await tx.$executeRaw`INSERT INTO site (id, updated_at) VALUES (1, ${now}) ON CONFLICT DO NOTHING`;
    await tx.$executeRaw`SELECT id FROM site WHERE id = 1 FOR UPDATE`;
    const site = await siteNow(tx);
    const what = await change(tx, site);
    if (what === "other") return { saved: false, now: site };
    if (what === "same") return { saved: true };
    await tx.site.update({ where: { id: 1 }, data: { updatedAt: now }, select: { id: true } });
    const who =
      actor.kind === "administrator"
        ? ({ actor: "ADMIN", adminId: actor.id } as const)
        : ({ actor: "SYSTEM" } as const);
    await writeAudit(tx, { at: now, ...who, action: "site.save", details: { part } });
    await announceChange(tx, SITE_TAG);
    return { saved: true };
  });
}
