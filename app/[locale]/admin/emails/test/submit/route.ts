import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import type { Admin } from "@/lib/auth/admin";
import { localePath } from "@/lib/i18n/locales";
import { lookUpOwnRecords } from "@/lib/mail/look-up-own-records";
import { sendTestEmail } from "@/lib/mail/send-test-email";

type Params = { params: Promise<{ locale: string }> };

/** Sends the signed-in owner a test mail, and looks up what the sending domain's records say. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/emails/test");
  return handleAdminForm(
    request,
    { locale, page, may: "site.edit" },
    { "test-email": (admin) => test(admin, locale) },
  );
}

async function test(admin: Admin, locale: string): Promise<FormOutcome> {
  await sendTestEmail(admin, locale);
  return { shown: { records: JSON.stringify(await lookUpOwnRecords()) } };
}
