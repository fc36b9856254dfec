import type { FormOutcome } from "@/app/_forms/form-actions";
import { actionPath } from "@/app/[locale]/admin/_parts/paths";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { DomainError } from "@/lib/errors";
import { readPublicId } from "@/lib/http/public-ids";
import { runAction, undoAction } from "@/lib/moderation/bulk/begin-action";
import { parseRun } from "@/lib/moderation/bulk/schemas";

type Params = { params: Promise<{ locale: string; id: string }> };

/** Runs a draft, or undoes a bulk action. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, id: name } = await params;
  const id = readPublicId(name);
  const page = { locale, page: actionPath(locale, id), may: "bulk.run" } as const;
  return handleAdminForm(request, page, {
    run: async (admin, values): Promise<FormOutcome> => {
      const parsed = parseRun(values);
      if (!parsed.ok) return { errors: parsed.errors };
      const run = { admin, bulkActionId: id, ...parsed.data, now: new Date() };
      await runAction(run).catch(passOverConflict);
      return { redirect: page.page };
    },
    "undo-action": async (admin) => {
      await undoAction({ admin, bulkActionId: id, now: new Date() });
      return { redirect: page.page };
    },
  });
}

/** A second click leads to the action as the first one does. */
function passOverConflict(error: unknown): void {
  if (!(error instanceof DomainError && error.code === "conflict")) throw error;
}
