import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import type { Admin } from "@/lib/auth/admin";
import type { FormValues } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";
import { addToWatchlist } from "@/lib/moderation/watchlist/add-to-watchlist";
import { removeFromWatchlist } from "@/lib/moderation/watchlist/remove-from-watchlist";
import { parseWatchlistName } from "@/lib/moderation/watchlist/schemas";

type Params = { params: Promise<{ locale: string }> };

/** Puts a name on a letter's watchlist, or takes one off it. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/protection/watchlist");
  return handleAdminForm(
    request,
    { locale, page, may: "watchlist.edit" },
    {
      add: { each: (letterId, admin, values) => add(admin, letterId, values, page) },
      remove: { each: (id, admin) => remove(admin, id, page) },
    },
  );
}

async function add(admin: Admin, letterId: string, values: FormValues, page: string): Promise<FormOutcome> {
  const parsed = parseWatchlistName(values);
  if (!parsed.ok) return { errors: parsed.errors };
  const id = await addToWatchlist({ admin, letterId, watched: parsed.data, now: new Date() });
  return id ? { redirect: `${page}?done=added` } : { errors: { watchlistName: ["taken"] } };
}

async function remove(admin: Admin, id: string, page: string): Promise<FormOutcome> {
  await removeFromWatchlist({ admin, id, now: new Date() });
  return { redirect: `${page}?done=removed` };
}
