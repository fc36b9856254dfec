import type { FormOutcome } from "@/app/_forms/form-actions";
import { exportPath } from "@/app/[locale]/admin/_parts/paths";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { readAdminSearch } from "@/app/[locale]/admin/signatures/_parts/asked";
import type { Admin } from "@/lib/auth/admin";
import { isConfirmed } from "@/lib/auth/rules";
import type { Session } from "@/lib/auth/sessions";
import { DomainError } from "@/lib/errors";
import type { FormValues } from "@/lib/http/request-context";
import { beginExport } from "@/lib/moderation/export/begin-export";
import { parseExport } from "@/lib/moderation/export/schemas";
import { letterIdOf } from "@/lib/moderation/letter-counts";

type Params = { params: Promise<{ locale: string; slug: string }> };

/** Has signatures of a letter put into a file. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, slug } = await params;
  const asked = readAdminSearch(new URL(request.url).searchParams, ["APPROVED"]);
  const page = exportPath(locale, slug, asked.filters);

  async function begin(admin: Admin, values: FormValues, { mfa }: Session): Promise<FormOutcome> {
    // What narrows nothing must not choose more than was meant.
    if (Object.keys(asked.errors).length > 0) return { errors: { "": ["wrongFilters"] } };
    const parsed = parseExport(values);
    if (!parsed.ok) return { errors: parsed.errors };
    const letterId = await letterIdOf(admin, slug);
    if (!letterId) return { errors: { "": ["not-found"] }, status: 404 };
    const now = new Date();
    const confirmed = isConfirmed(mfa, now);
    const { filters } = asked;
    const begun = await beginExport({
      ...{ admin, confirmed, letterId, filters, locale, now },
      choice: parsed.data,
    });
    return "id" in begun ? { redirect: page } : { errors: { "": [begun.not] } };
  }

  return handleAdminForm(
    request,
    { locale, page, may: "export.make" },
    { export: (admin, values, session) => begin(admin, values, session).catch(said) },
  );
}

const SAID: Record<string, string> = { "too-many": "tooManyFiles", "not-confirmed": "confirmExport" };

/** Refusals in the words of this form. */
function said(error: unknown): FormOutcome {
  const code = error instanceof DomainError ? SAID[error.code] : undefined;
  if (!code) throw error;
  return { errors: { "": [code] }, status: 409 };
}
