import { readAdminSearch } from "@/app/_components/admin/asked";
import { actionPath, listPath } from "@/app/_components/admin/paths";
import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { draftAction } from "@/lib/moderation/bulk/draft-action";
import { parseOperation } from "@/lib/moderation/bulk/schemas";

type Params = { params: Promise<{ locale: string }> };

/** Writes down what the filters of the list choose for a bulk action, and leads to the preview. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const { filters, errors } = readAdminSearch(new URL(request.url).searchParams, ["VERIFIED"]);
  const page = { locale, page: listPath(locale, filters), may: "bulk.run" } as const;
  return handleAdminForm(request, page, {
    "bulk-action": async (admin, values): Promise<FormOutcome> => {
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
