import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import type { Admin } from "@/lib/auth/admin";
import { byAdmin } from "@/lib/auth/context";
import type { FormValues } from "@/lib/http/request-context";
import { markdownCode } from "@/lib/letters/markdown/parse";
import { renderMarkdown } from "@/lib/letters/markdown/render";
import { LETTER_LANGUAGES } from "@/lib/letters/rules";
import { saveDraft } from "@/lib/letters/save-draft";
import { parseDraftText } from "@/lib/letters/schemas";

type Params = { params: Promise<{ locale: string; slug: string }> };
type Place = { locale: string; slug: string; page: string; language?: string };

/** Saves a letter's text, or shows how it will look. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, slug } = await params;
  const asked = new URL(request.url).searchParams.get("language");
  const language = LETTER_LANGUAGES.find((one) => one === asked);
  const page = `${organiserPath(locale, slug, "text")}${language ? `?language=${language}` : ""}`;
  return handleAdminForm(
    request,
    { locale, page, may: "letter.edit", keeps: true },
    {
      text: async (admin, values) =>
        values.step === "preview"
          ? preview(values, language)
          : save(admin, values, { locale, slug, page, language }),
    },
  );
}

/** To a script the rendered body; to anybody else the page once more, which renders it. */
function preview(values: FormValues, language?: string): FormOutcome {
  const body = (values.body ?? "").replace(/\r\n?/g, "\n");
  return { shown: values, answer: { bodyHtml: renderMarkdown(body, { language }) } };
}

async function save(
  admin: Admin,
  values: FormValues,
  { locale, slug, page, language }: Place,
): Promise<FormOutcome> {
  const parsed = parseDraftText(values, markdownCode);
  if (!parsed.ok) return { errors: parsed.errors };
  const revision = /^\d{1,9}$/.test(values.revision ?? "") ? Number(values.revision) : -1;
  const saving = { locale: language, text: parsed.data, revision };
  const saved = await saveDraft(byAdmin(admin, new Date()), slug, saving);
  if (!saved.saved) return { errors: { "": ["savedByOther"] }, status: 409 };
  if (values.step === "autosave")
    return { answer: { revision: saved.revision, savedAt: saved.savedAt.toISOString() }, shown: values };
  if (values.step === "publish") return { redirect: organiserPath(locale, slug, "versions") };
  return { redirect: `${page}${language ? "&" : "?"}done=saved` };
}
