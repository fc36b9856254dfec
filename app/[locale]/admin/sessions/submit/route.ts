import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { endOtherSessions, endOwnSession } from "@/lib/auth/own-sessions";
import { localePath } from "@/lib/i18n/locales";

type Params = { params: Promise<{ locale: string }> };

/** Ends one of the administrator's own sessions, or all but this one. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/sessions");
  return handleAdminForm(
    request,
    { locale, page, may: "session.own" },
    {
      endSession: {
        each: async (id, admin) => {
          await endOwnSession(admin, id, new Date());
          return { redirect: `${page}?done=sessionEnded` };
        },
      },
      endOthers: async (admin, _values, session) => {
        await endOtherSessions(admin, session.id, new Date());
        return { redirect: `${page}?done=sessionsEnded` };
      },
    },
  );
}
