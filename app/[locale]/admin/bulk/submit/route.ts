import { choosePath, previewPath } from "@/app/_components/bulk/paths";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { parseConditions } from "@/lib/bulk/schemas";
import { sealConditions } from "@/lib/bulk/sealed-conditions";

type Params = { params: Promise<{ locale: string }> };

/** Leads to the preview of what conditions choose; changes nothing. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = { locale, page: choosePath(locale), may: "bulk.run" } as const;
  return handleAdminForm(request, page, {
    choose: async (_admin, values) => {
      const parsed = parseConditions(values, new Date());
      if (!parsed.ok) return { errors: parsed.errors };
      return { redirect: previewPath(locale, sealConditions(parsed.value)) };
    },
  });
}
