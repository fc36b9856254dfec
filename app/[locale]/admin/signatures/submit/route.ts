import type { FormOutcome } from "@/app/_forms/form-actions";
import { actionPath, listPath } from "@/app/[locale]/admin/_parts/paths";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { readAdminSearch } from "@/app/[locale]/admin/signatures/_parts/asked";
import { assertMay } from "@/lib/auth/assert-may";
import { localePath } from "@/lib/i18n/locales";
import { draftAction } from "@/lib/moderation/bulk/draft-action";
import { parseOperation } from "@/lib/moderation/bulk/schemas";
import { hiddenQuery } from "@/lib/moderation/filters/hidden-query";

type Params = { params: Promise<{ locale: string }> };

/** Leads to what filters choose; or writes it down for a bulk action, and leads to the preview. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const { filters, errors } = readAdminSearch(new URL(request.url).searchParams, ["VERIFIED"]);
  const page = { locale, page: listPath(locale, filters), may: "signature.read" } as const;
  // Of several values of one name a form's act gets the first.
  const sent = request.clone();
  return handleAdminForm(request, page, {
    filters: async () => ({ redirect: pathOf(locale, await sent.formData()) }),
    "bulk-action": async (admin, values): Promise<FormOutcome> => {
      assertMay(admin, "bulk.run");
      const operation = parseOperation(values);
      if (!operation) return { errors: { operation: ["required"] } };
      // What narrows nothing must not choose more than was meant.
      if (Object.keys(errors).length > 0) return { errors: { "": ["wrongFilters"] } };
      const drafted = await draftAction({ admin, operation, filters, now: new Date() });
      return "id" in drafted
        ? { redirect: actionPath(locale, drafted.id) }
        : { errors: { "": [drafted.not] } };
    },
  });
}

/** The address of the list as filters narrow it; where one is malformed, with what was typed. */
function pathOf(locale: string, sent: FormData): string {
  const values = [...sent].flatMap(([name, value]): [string, string][] =>
    typeof value === "string" && value !== "" && name !== "form" ? [[name, value]] : [],
  );
  const query = new URLSearchParams(values);
  const { filters, errors } = readAdminSearch(query, ["VERIFIED"]);
  if (Object.keys(errors).length === 0) return listPath(locale, filters);
  return localePath(locale, `/admin/signatures?${hiddenQuery(query)}`);
}
