import type { Database } from "@/lib/db/client";
import type { CountryNames } from "@/lib/fields/countries/rules";
import { type Site, type SiteLink, UNSET_SITE } from "@/lib/site/rules";

const SITE = {
  organiserName: true,
  website: true,
  contact: true,
  postalAddress: true,
  pressContact: true,
  logoId: true,
  logoWidth: true,
  logoHeight: true,
  logoAlt: true,
  accentHue: true,
  footerLinks: true,
  timeZone: true,
  locale: true,
  keyKept: true,
  countryNames: true,
  texts: { select: { locale: true, imprint: true, privacy: true }, orderBy: { locale: "asc" } },
} as const;

/** The settings as they are now: for verbs and mails. Pages read them by `readSite`. */
export async function siteNow(database: Database): Promise<Site> {
  const row = await database.site.findUnique({ where: { id: 1 }, select: SITE });
  if (!row) return UNSET_SITE;
  const {
    logoId: id,
    logoWidth: width,
    logoHeight: height,
    logoAlt,
    footerLinks,
    countryNames,
    ...rest
  } = row;
  const logo = id && width && height ? { id, width, height, alt: logoAlt ?? "" } : null;
  const links = (footerLinks as SiteLink[]).map(({ label, url }) => ({ label, url }));
  return { ...rest, logo, footerLinks: links, countryNames: countryNames as CountryNames };
}

/** The bytes of the organiser's picture; null where it is no longer this one. */
export async function logoBytes(database: Database, id: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const row = await database.site.findFirst({ where: { id: 1, logoId: id }, select: { logo: true } });
  return row?.logo ?? null;
}
