import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import { refusalOf } from "@/app/[locale]/admin/letters/refusal-of";
import type { Admin } from "@/lib/auth/admin";
import { byAdmin } from "@/lib/auth/context";
import type { FormValues } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";
import { createDraft } from "@/lib/letters/create-draft";
import { parseNewDraft } from "@/lib/letters/schemas";

type Params = { params: Promise<{ locale: string }> };

/** Begins a letter. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  return handleAdminForm(
    request,
    { locale, page: localePath(locale, "/admin/letters/new"), may: "letter.create" },
    { create: (admin, values) => create(admin, values, locale) },
  );
}

async function create(admin: Admin, values: FormValues, locale: string): Promise<FormOutcome> {
  const parsed = parseNewDraft(values);
  if (!parsed.ok) return { errors: parsed.errors };
  try {
    const slug = await createDraft(byAdmin(admin, new Date()), parsed.data);
    return { redirect: `${organiserPath(locale, slug, "text")}?done=created` };
  } catch (error) {
    return refusalOf(error);
  }
}
