import type { MailDone } from "@/app/_components/admin/asked-mails";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import type { Admin } from "@/lib/auth/admin";
import { resendFailedMail } from "@/lib/deliveries/resend-failed-mail";
import { DomainError } from "@/lib/errors";
import { localePath } from "@/lib/i18n/locales";

type Params = { params: Promise<{ locale: string }> };

/** Sends a mail again that could not be delivered. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/mails");
  return handleAdminForm(
    request,
    { locale, page, may: "mail.resend" },
    {
      // Whoever is too late finds the mail no longer on the page, and so no form that could say it.
      resend: { each: async (mail, admin) => ({ redirect: `${page}?done=${await resend(admin, mail)}` }) },
    },
  );
}

async function resend(admin: Admin, id: string): Promise<MailDone> {
  try {
    await resendFailedMail({ admin, id, now: new Date() });
    return "resent";
  } catch (error) {
    if (error instanceof DomainError && error.code === "conflict") return "late";
    throw error;
  }
}
