import { isId } from "@/app/_components/admin/asked";
import { actPath } from "@/app/_components/bulk/paths";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { undoInvalidation } from "@/lib/bulk/undo-invalidation";
import { DomainError } from "@/lib/errors";

type Params = { params: Promise<{ locale: string; id: string }> };

/** Undoes a bulk act. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, id } = await params;
  const page = { locale, page: actPath(locale, id), may: "bulk.run" } as const;
  return handleAdminForm(request, page, {
    "undo-act": async (admin) => {
      if (!isId(id)) throw new DomainError("not-found");
      await undoInvalidation({ admin, bulkActId: id, now: new Date() });
      return { redirect: actPath(locale, id) };
    },
  });
}
