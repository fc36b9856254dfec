import { isId } from "@/app/_components/admin/asked";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { resendFailedMail } from "@/lib/deliveries/resend-failed-mail";
import { DomainError } from "@/lib/errors";
import { localePath } from "@/lib/i18n/locales";

type Params = { params: Promise<{ locale: string }> };

/** Sends a mail again that could not be delivered. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/mails");
  return handleAdminForm(request, { locale, page, may: "mail.resend" }, async (admin, { mail }) => {
    if (!isId(mail)) throw new DomainError("invalid");
    await resendFailedMail({ admin, id: mail, now: new Date() });
    return { redirect: `${page}?done=resent` };
  });
}
