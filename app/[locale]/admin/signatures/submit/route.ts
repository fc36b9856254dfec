import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { beginBulk, narrow, postedList } from "@/app/[locale]/admin/signatures/_parts/list-forms";

type Params = { params: Promise<{ locale: string }> };

/** Narrows the list of all letters’ signatures, or begins a bulk action with what it shows. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const list = postedList(request, locale, null);
  return handleAdminForm(request, list, {
    filters: () => narrow(list),
    "bulk-action": (admin, values) => beginBulk(admin, values, list),
  });
}
