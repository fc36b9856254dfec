import { isId } from "@/app/_components/admin/asked";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { endOtherSessions, endOwnSession } from "@/lib/auth/own-sessions";
import { DomainError } from "@/lib/errors";
import { localePath } from "@/lib/i18n/locales";

type Params = { params: Promise<{ locale: string }> };

/** Ends one of the administrator's own sessions, or all but this one. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/sessions");
  return handleAdminForm(request, { locale, page, may: "session.own" }, async (admin, values, session) => {
    if (values.form === "endOthers") {
      await endOtherSessions(admin, session.id, new Date());
      return { redirect: `${page}?done=sessionsEnded` };
    }
    if (values.form !== "endSession" || !isId(values.session)) throw new DomainError("invalid");
    await endOwnSession(admin, values.session, new Date());
    return { redirect: `${page}?done=sessionEnded` };
  });
}
