import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import type { Admin } from "@/lib/auth/admin";
import { byAdmin } from "@/lib/auth/context";
import type { Parsed } from "@/lib/fields/parse";
import type { FormValues } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";
import { firstSteps } from "@/lib/letters/first-steps";
import { LONGEST_TEXT, parseMarkdown } from "@/lib/letters/markdown/parse";
import { LETTER_LANGUAGES } from "@/lib/letters/rules";
import { readSite } from "@/lib/site/cached";
import { markOf, type PartValues, partOf, type SitePart, textsIn } from "@/lib/site/rules";
import { removeLogo } from "@/lib/site/save-logo";
import { saveCountryNames, saveSite, saveSiteTexts } from "@/lib/site/save-site";
import {
  parseAccent,
  parseBasics,
  parseCountryNames,
  parseDefaults,
  parseKey,
  parseLinks,
  parseOrganiser,
  parseSiteTexts,
} from "@/lib/site/schemas";

type Params = { params: Promise<{ locale: string }> };

/** Sets one part of the site's settings. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const asked = new URL(request.url).searchParams.get("language");
  const language = LETTER_LANGUAGES.find((one) => one === asked);
  const path = localePath(locale, "/admin/site");
  const country = new URL(request.url).searchParams.get("country");
  const page = language
    ? `${path}?language=${language}`
    : country
      ? `${path}?${new URLSearchParams({ country })}`
      : path;
  const saved = `${page}${language ? "&" : "?"}done=saved`;

  async function save<Part extends SitePart>(
    admin: Admin,
    values: FormValues,
    part: Part,
    parsed: Parsed<PartValues<Part>>,
  ): Promise<FormOutcome> {
    if (!parsed.ok) return { errors: parsed.errors };
    const { saved: done } = await saveSite(byAdmin(admin, new Date()), part, parsed.data, values.seen ?? "");
    return done ? { redirect: saved } : CHANGED;
  }

  return handleAdminForm(
    request,
    { locale, page, may: "site.edit", keeps: true },
    {
      basics: (admin, values) => saveBasics(admin, values, locale),
      organiser: (admin, values) => save(admin, values, "organiser", parseOrganiser(values)),
      accent: (admin, values) => save(admin, values, "accent", parseAccent(values)),
      links: (admin, values) => save(admin, values, "links", parseLinks(values)),
      key: (admin, values) => save(admin, values, "key", parseKey(values)),
      defaults: (admin, values) => save(admin, values, "defaults", parseDefaults(values)),
      countries: async (admin, values) => {
        const parsed = parseCountryNames(values);
        if (!parsed.ok) return { errors: parsed.errors };
        const { code, names } = parsed.data;
        const done = await saveCountryNames(byAdmin(admin, new Date()), code, names, values.seen ?? "");
        return done.saved ? { redirect: `${path}?done=saved` } : CHANGED;
      },
      texts: async (admin, values) => {
        const parsed = parseSiteTexts(values, markdownCode);
        if (!parsed.ok) return { errors: parsed.errors };
        const done = await saveSiteTexts(byAdmin(admin, new Date()), parsed.data, values.seen ?? "");
        return done.saved ? { redirect: saved } : CHANGED;
      },
      "remove-logo": async (admin) => {
        await removeLogo(byAdmin(admin, new Date()));
        return { redirect: saved };
      },
    },
  );
}

const CHANGED: FormOutcome = { errors: { "": ["siteChanged"] }, status: 409 };

/** What a site must say, in one form; then on to the first letter. */
async function saveBasics(admin: Admin, values: FormValues, locale: string): Promise<FormOutcome> {
  const parsed = parseBasics(values, markdownCode);
  if (!parsed.ok) return { errors: parsed.errors };
  const { organiserName, contact, privacy } = parsed.data;
  const context = byAdmin(admin, new Date());
  const site = await readSite();
  const named = { ...partOf(site, "organiser"), organiserName, contact };
  const { saved } = await saveSite(context, "organiser", named, values.seen ?? "");
  if (!saved) return CHANGED;
  const language = LETTER_LANGUAGES.find((one) => one === values.language) ?? site.locale;
  const texts = { ...textsIn(site, language), privacy };
  const said = await saveSiteTexts(context, texts, values.seenTexts ?? "");
  if (!said.saved) return CHANGED;
  // The first language in which the organiser writes is the one that new letters begin in.
  const defaults = partOf(site, "defaults");
  if (site.texts.length === 0)
    await saveSite(context, "defaults", { ...defaults, locale: language }, markOf(defaults));
  const next = (await firstSteps(admin))?.letter === null ? "/admin/letters/new" : "/admin/site?done=saved";
  return { redirect: localePath(locale, next) };
}

function markdownCode(markdown: string): string | null {
  const parsed = parseMarkdown(markdown);
  if (parsed.ok) return null;
  return parsed.problem === "tooLong" ? `tooLong:${LONGEST_TEXT}` : parsed.problem;
}
