import { actPath, previewPath } from "@/app/_components/bulk/paths";
import type { FormOutcome } from "@/app/_forms/form-acts";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import type { Admin } from "@/lib/auth/admin";
import { runInvalidation } from "@/lib/bulk/run-invalidation";
import { parseRun } from "@/lib/bulk/schemas";
import { openConditions } from "@/lib/bulk/sealed-conditions";
import { DomainError } from "@/lib/errors";
import type { FormValues } from "@/lib/http/request-context";

type Params = { params: Promise<{ locale: string }> };

/** Runs the invalidation that was previewed. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const sealed = new URL(request.url).searchParams.get("conditions") ?? "";
  const page = { locale, page: previewPath(locale, sealed), may: "bulk.run" } as const;
  return handleAdminForm(request, page, { run: (admin, values) => run(admin, locale, sealed, values) });
}

async function run(admin: Admin, locale: string, sealed: string, values: FormValues): Promise<FormOutcome> {
  const conditions = openConditions(sealed);
  if (!conditions) throw new DomainError("invalid");
  const parsed = parseRun(values);
  if (!parsed.ok) return { errors: parsed.errors };
  try {
    const id = await runInvalidation({ admin, conditions, ...parsed.value, now: new Date() });
    return { redirect: actPath(locale, id) };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "conflict") throw error;
    return { errors: { "": ["selectionChanged"] }, status: 409 };
  }
}
