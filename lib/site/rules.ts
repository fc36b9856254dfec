import type { CountryNames } from "@/lib/fields/countries/rules";
import { shortHash } from "@/lib/fields/names/short-hash";
import { chooseText, LETTER_LANGUAGES } from "@/lib/letters/rules";

export type SiteLink = { label: string; url: string };

/** The organiser's picture; its bytes are at `/logo/{id}`. */
export type SiteLogo = { id: string; width: number; height: number; alt: string };

export type SiteTexts = { locale: string; imprint: string; privacy: string };

/** Who runs the site, and how it looks and speaks. What nobody has set yet is empty, or the program's own choice. */
export type Site = {
  /** Empty until it is set. */
  organiserName: string;
  website: string | null;
  /** The email address that readers write to. */
  contact: string | null;
  postalAddress: string | null;
  pressContact: string | null;
  logo: SiteLogo | null;
  /** Degrees from 0 to 359; null for the program's own accent. */
  accentHue: number | null;
  footerLinks: SiteLink[];
  /** An IANA name, such as `Europe/London`. */
  timeZone: string;
  /** The language of new letters, and of mails to who has chosen none. */
  locale: string;
  /** Whether an owner has said that a copy of the encryption key is kept elsewhere. */
  keyKept: boolean;
  /** What countries are called here, where that is not what they usually are. */
  countryNames: CountryNames;
  /** What the organiser says of the site, in Markdown, for each language in which something is said. */
  texts: SiteTexts[];
};

/** The site before anybody has set anything. */
export const UNSET_SITE: Site = {
  organiserName: "",
  website: null,
  contact: null,
  postalAddress: null,
  pressContact: null,
  logo: null,
  accentHue: null,
  footerLinks: [],
  timeZone: "UTC",
  locale: "en",
  keyKept: false,
  countryNames: {},
  texts: [],
};

/** What is set with one button, by the name of its form. */
export const SITE_PARTS = {
  organiser: ["organiserName", "website", "contact", "postalAddress", "pressContact"],
  accent: ["accentHue"],
  links: ["footerLinks"],
  defaults: ["timeZone", "locale"],
  key: ["keyKept"],
} as const satisfies Record<string, readonly (keyof Site)[]>;

export type SitePart = keyof typeof SITE_PARTS;
export type PartValues<Part extends SitePart> = Pick<Site, (typeof SITE_PARTS)[Part][number]>;

export const partOf = <Part extends SitePart>(site: Site, part: Part) =>
  Object.fromEntries(SITE_PARTS[part].map((field) => [field, site[field]])) as PartValues<Part>;

/** What the organiser says in one language; empty where nothing is said in it. */
export const textsIn = ({ texts }: Pick<Site, "texts">, locale: string): SiteTexts =>
  texts.find((text) => text.locale === locale) ?? { locale, imprint: "", privacy: "" };

/** What a country is called here in each language; empty where it is called as usual. */
export const namesOf = ({ countryNames }: Pick<Site, "countryNames">, code: string): Record<string, string> =>
  Object.fromEntries(LETTER_LANGUAGES.map((locale) => [locale, countryNames[code]?.[locale] ?? ""]));

/** A text in the reader's language, or in another one in which it is said; null where it is said in none. */
export function textFor(site: Site, kind: "imprint" | "privacy", locale: string) {
  const said = site.texts.filter((text) => text[kind].trim());
  if (said.length === 0) return null;
  const text = chooseText(said, locale, site.locale);
  return { locale: text.locale, markdown: text[kind] };
}

/** Tells whether a part is still what somebody saw of it. */
export const markOf = (values: object): string =>
  shortHash("site", JSON.stringify(Object.entries(values).sort())).toString(36);

/** What a site must say before a letter is published. */
export const NEEDED = ["organiserName", "contact", "privacy"] as const;
export type Needed = (typeof NEEDED)[number];

export function missingOf(site: Site): Needed[] {
  const has: Record<Needed, boolean> = {
    organiserName: site.organiserName !== "",
    contact: site.contact !== null,
    privacy: site.texts.some(({ privacy }) => privacy.trim() !== ""),
  };
  return NEEDED.filter((needed) => !has[needed]);
}

export const SITE_LIMITS = {
  organiserName: 200,
  postalAddress: 500,
  pressContact: 300,
  logoAlt: 200,
  logoBytes: 1024 * 1024,
  linkLabel: 60,
  countryName: 80,
  links: 5,
} as const;

/** Whether it is a time zone's name, and no offset. */
export function isTimeZone(name: string): boolean {
  try {
    return (
      /^[A-Z]/i.test(name) &&
      new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== ""
    );
  } catch {
    return false;
  }
}
