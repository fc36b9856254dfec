import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import type { Admin } from "@/lib/auth/admin";
import { byAdmin } from "@/lib/auth/context";
import { env } from "@/lib/env";
import { readPublicId } from "@/lib/http/public-ids";
import type { FormValues } from "@/lib/http/request-context";
import { isLocale, localePath } from "@/lib/i18n/locales";
import { markdownCode } from "@/lib/letters/markdown/parse";
import { previewLinks, renderedDraft } from "@/lib/letters/organiser-queries";
import { makePreviewLink } from "@/lib/letters/previews/make-preview-link";
import { revokePreviewLink } from "@/lib/letters/previews/revoke-preview-link";
import { PREVIEW_DAYS } from "@/lib/letters/previews/rules";
import { LETTER_LANGUAGES } from "@/lib/letters/rules";
import { saveDraft } from "@/lib/letters/save-draft";
import { parseDraftText } from "@/lib/letters/schemas";

type Params = { params: Promise<{ locale: string; slug: string }> };
type Place = { locale: string; slug: string; page: string; language?: string };

/** Saves a letter's text, shows how it will look, makes and ends links to it: each with all that was typed. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, slug } = await params;
  const asked = new URL(request.url).searchParams.get("language");
  const language = LETTER_LANGUAGES.find((one) => one === asked);
  const page = `${organiserPath(locale, slug, "text")}${language ? `?language=${language}` : ""}`;
  const place = { locale, slug, page, language };
  return handleAdminForm(
    request,
    { locale, page, may: "letter.edit", keeps: true },
    {
      text: async (admin, values) => {
        const [step, id] = (values.step ?? "").split(".");
        if (step === "preview") return preview(admin, values, place);
        return step === "revoke"
          ? revoke(admin, values, place, readPublicId(id))
          : save(admin, values, place);
      },
    },
  );
}

/** To a script the rendered body; to anybody else the page once more, which renders it. */
async function preview(
  admin: Admin,
  values: FormValues,
  { locale, slug, language }: Place,
): Promise<FormOutcome> {
  const body = (values.body ?? "").replace(/\r\n?/g, "\n");
  const picturesAt = organiserPath(locale, slug, "pictures");
  const answer = await renderedDraft(admin, slug, { body, language, picturesAt });
  const problem = markdownCode(body);
  return { shown: values, answer, ...(problem && { problems: { body: [problem] } }) };
}

async function save(admin: Admin, values: FormValues, place: Place): Promise<FormOutcome> {
  const { slug, page, language, locale } = place;
  const parsed = parseDraftText(values, markdownCode);
  if (!parsed.ok) return { errors: parsed.errors };
  const revision = /^\d{1,9}$/.test(values.revision ?? "") ? Number(values.revision) : -1;
  const saving = { locale: language, text: parsed.data, revision };
  const saved = await saveDraft(byAdmin(admin, new Date()), slug, saving);
  if (!saved.saved) return { errors: { "": ["savedByOther"] }, status: 409 };
  const now = { revision: saved.revision, savedAt: saved.savedAt.toISOString() };
  if (values.step === "link")
    return makeLink(admin, { ...values, revision: String(now.revision) }, place, now);
  if (values.step === "autosave") return { answer: now, shown: values };
  if (values.step === "publish") return { redirect: organiserPath(locale, slug, "versions") };
  return { redirect: `${page}${language ? "&" : "?"}done=saved` };
}

/** The link is shown this once: only its hash is kept. */
async function makeLink(
  admin: Admin,
  values: FormValues,
  { locale, slug, language }: Place,
  saved: { revision: number; savedAt: string },
): Promise<FormOutcome> {
  const days = PREVIEW_DAYS.find((one) => String(one) === values.days);
  if (!days) return { errors: { "": ["invalid"] } };
  const token = await makePreviewLink(byAdmin(admin, new Date()), slug, days);
  // Anyone who gets it reads the language that it was made beside.
  const made = env().publicUrl + localePath(isLocale(language) ? language : locale, `/preview/${token}`);
  const links = await previewLinks(admin, slug, new Date());
  return { answer: { ...saved, links, made }, shown: { ...values, made } };
}

async function revoke(admin: Admin, values: FormValues, { slug }: Place, id: string): Promise<FormOutcome> {
  await revokePreviewLink(byAdmin(admin, new Date()), slug, id);
  return { answer: { links: await previewLinks(admin, slug, new Date()) }, shown: values };
}
