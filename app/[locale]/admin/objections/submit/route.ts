import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { localePath } from "@/lib/i18n/locales";
import { keepObjected, removeObjected } from "@/lib/objections/decide-objection";

type Params = { params: Promise<{ locale: string }> };

/** Keeps an entry that somebody objects to, or removes it. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/objections");
  return handleAdminForm(
    request,
    { locale, page, may: "signature.moderate" },
    {
      keep: {
        each: async (id, admin) => {
          await keepObjected({ admin, id, now: new Date() });
          return { redirect: `${page}?done=kept` };
        },
      },
      remove: {
        each: async (id, admin, { reason = "" }) => {
          if (!reason.trim()) return { errors: { reason: ["required"] } };
          await removeObjected({ admin, id, reason, now: new Date() });
          return { redirect: `${page}?done=removed` };
        },
      },
    },
  );
}
