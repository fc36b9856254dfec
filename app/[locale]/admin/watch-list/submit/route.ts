import type { FormOutcome } from "@/app/_forms/form-acts";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import type { Admin } from "@/lib/auth/admin";
import type { FormValues } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";
import { addWatched } from "@/lib/moderation/watchlist/add-watched";
import { removeWatched } from "@/lib/moderation/watchlist/remove-watched";
import { parseWatched } from "@/lib/moderation/watchlist/schemas";

type Params = { params: Promise<{ locale: string }> };

/** Puts a name on a letter's watch list, or takes one off it. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/watch-list");
  return handleAdminForm(
    request,
    { locale, page, may: "lists.edit" },
    {
      add: { each: (letterId, admin, values) => add(admin, letterId, values, page) },
      remove: { each: (id, admin) => remove(admin, id, page) },
    },
  );
}

async function add(admin: Admin, letterId: string, values: FormValues, page: string): Promise<FormOutcome> {
  const parsed = parseWatched(values);
  if (!parsed.ok) return { errors: parsed.errors };
  const id = await addWatched({ admin, letterId, watched: parsed.watched, now: new Date() });
  return id ? { redirect: `${page}?done=added` } : { errors: { watchedName: ["taken"] } };
}

async function remove(admin: Admin, id: string, page: string): Promise<FormOutcome> {
  await removeWatched({ admin, id, now: new Date() });
  return { redirect: `${page}?done=removed` };
}
