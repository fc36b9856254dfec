import * as z from "zod/mini";
import { isCountry } from "@/lib/fields/countries/rules";
import { type Parsed, parse } from "@/lib/fields/parse";
import { line, lines, mailAddress, orNull, typedMarkdown, understood, website } from "@/lib/fields/schemas";
import type { FieldErrors, FormValues } from "@/lib/http/request-context";
import { LETTER_LANGUAGES } from "@/lib/letters/rules";
import { requiredLine } from "@/lib/signatures/field-schemas";
import { isTimeZone, type PartValues, SITE_LIMITS, type SiteTexts } from "@/lib/site/rules";

const organiser = z.object({
  organiserName: requiredLine("organisation", SITE_LIMITS.organiserName),
  website: website(),
  contact: mailAddress(),
  postalAddress: z.pipe(lines(SITE_LIMITS.postalAddress), orNull),
  pressContact: z.pipe(lines(SITE_LIMITS.pressContact), orNull),
});

/** Reads who runs the site. Name and contact must be given: no letter is published without. */
export const parseOrganiser = (values: FormValues): Parsed<PartValues<"organiser">> =>
  parse(organiser, values);

const basics = z.object({ organiserName: organiser.shape.organiserName, contact: organiser.shape.contact });

export type Basics = z.infer<typeof basics> & { privacy: string };

/** Reads what a site must say before a letter is published. @param problem as of `parseSiteTexts` */
export function parseBasics(
  values: FormValues,
  problem: (markdown: string) => string | null,
): Parsed<Basics> {
  const parsed = parse(basics, values);
  const privacy = typedMarkdown(values.privacy);
  const code = privacy.trim() ? problem(privacy) : "required";
  if (parsed.ok && !code) return { ok: true, data: { ...parsed.data, privacy } };
  return { ok: false, errors: { ...(parsed.ok ? {} : parsed.errors), ...(code ? { privacy: [code] } : {}) } };
}

const logo = z.object({ logoAlt: line(SITE_LIMITS.logoAlt, true) });

/** Reads what a logo shows, in words. */
export const parseLogo = (values: FormValues): Parsed<{ logoAlt: string }> => parse(logo, values);

const hue = (text: string) => (/^\d{1,3}$/.test(text) && Number(text) < 360 ? Number(text) : undefined);
const accent = z.object({ accentHue: understood("hue", hue) });

export const parseAccent = (values: FormValues): Parsed<PartValues<"accent">> => parse(accent, values);

const defaults = z.object({
  timeZone: z._default(z.string("unknown"), "").check(z.refine(isTimeZone, "unknown")),
  locale: z.enum(LETTER_LANGUAGES, "unknown"),
});

export const parseDefaults = (values: FormValues): Parsed<PartValues<"defaults">> => parse(defaults, values);

/** Reads whether a copy of the encryption key is kept. */
export const parseKey = ({ keyKept }: FormValues): Parsed<PartValues<"key">> => ({
  ok: true,
  data: { keyKept: keyKept === "on" },
});

const link = z.object({ label: line(SITE_LIMITS.linkLabel, true), url: website() });

/** Reads the links of the foot, from the fields `label1`, `url1` and so on. A row without both is none. */
export function parseLinks(values: FormValues): Parsed<PartValues<"links">> {
  const footerLinks: PartValues<"links">["footerLinks"] = [];
  const errors: FieldErrors = {};
  for (let row = 1; row <= SITE_LIMITS.links; row++) {
    const { [`label${row}`]: label = "", [`url${row}`]: url = "" } = values;
    if (!label.trim() && !url.trim()) continue;
    const parsed = parse(link, { label, url });
    if (parsed.ok && parsed.data.url) footerLinks.push({ label: parsed.data.label, url: parsed.data.url });
    else if (parsed.ok) errors[`url${row}`] = ["required"];
    else for (const [name, codes] of Object.entries(parsed.errors)) errors[`${name}${row}`] = codes;
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, data: { footerLinks } };
}

const country = z.object({
  country: z._default(z.string("unknown"), "").check(z.refine((code) => isCountry(code), "unknown")),
});
const named = z.object({ name: line(SITE_LIMITS.countryName) });

/** Reads what a country is called here, from a field for each language, such as `name-en`. */
export function parseCountryNames(
  values: FormValues,
): Parsed<{ code: string; names: Record<string, string> }> {
  const chosen = parse(country, values);
  const errors: FieldErrors = chosen.ok ? {} : chosen.errors;
  const names: Record<string, string> = {};
  for (const locale of LETTER_LANGUAGES) {
    const parsed = parse(named, { name: values[`name-${locale}`] ?? "" });
    if (parsed.ok) names[locale] = parsed.data.name;
    else errors[`name-${locale}`] = parsed.errors.name ?? [];
  }
  return chosen.ok && Object.keys(errors).length === 0
    ? { ok: true, data: { code: chosen.data.country, names } }
    : { ok: false, errors };
}

const language = z.object({ language: z.enum(LETTER_LANGUAGES, "unknown") });

/**
 * Reads imprint and privacy notice in one language.
 * @param problem codes of what is wrong with a text as Markdown
 */
export function parseSiteTexts(
  values: FormValues,
  problem: (markdown: string) => string | null,
): Parsed<SiteTexts> {
  const parsed = parse(language, values);
  const texts = { imprint: typedMarkdown(values.imprint), privacy: typedMarkdown(values.privacy) };
  const errors: FieldErrors = parsed.ok ? {} : parsed.errors;
  for (const [name, text] of Object.entries(texts)) {
    const code = problem(text);
    if (code) errors[name] = [code];
  }
  return parsed.ok && Object.keys(errors).length === 0
    ? { ok: true, data: { locale: parsed.data.language, ...texts } }
    : { ok: false, errors };
}
