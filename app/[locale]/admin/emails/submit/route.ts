import type { MailDone } from "@/app/[locale]/admin/emails/_parts/asked-mails";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import type { Admin } from "@/lib/auth/admin";
import { DomainError } from "@/lib/errors";
import { localePath } from "@/lib/i18n/locales";
import { allowMail } from "@/lib/mail/allow-mail";
import { raiseLimit } from "@/lib/mail/raise-limit";
import { resendAllMails } from "@/lib/mail/resend-all-mails";
import { resendFailedMail } from "@/lib/mail/resend-failed-mail";

type Params = { params: Promise<{ locale: string }> };

/** Sends a mail again that could not be delivered, or all of them, lets an address have mail again, or raises a limit. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/emails");
  const after = async (done: Promise<Done>) => ({ redirect: `${page}?${new URLSearchParams(await done)}` });
  return handleAdminForm(
    request,
    { locale, page, may: "mail.resend" },
    {
      resend: { each: (mail, admin) => after(resend(admin, mail)) },
      "allow-mail": { each: (mail, admin) => after(allow(admin, mail)) },
      "raise-limit": { each: (signature, admin) => after(raise(admin, signature)) },
      "resend-all": (admin) => after(resendAll(admin)),
    },
  );
}

type Done = { done: MailDone; sent?: string; left?: string };

async function resendAll(admin: Admin): Promise<Done> {
  const { sent, left } = await resendAllMails({ admin, now: new Date() });
  return { done: "resentAll", sent: String(sent), left: String(left) };
}

const resend = (admin: Admin, id: string) =>
  orLate(resendFailedMail({ admin, id, now: new Date() }), "resent", "late");

const allow = (admin: Admin, mailId: string) =>
  orLate(allowMail({ admin, to: { mailId }, now: new Date() }), "allowed", "allowedLate");

const raise = (admin: Admin, mailId: string) =>
  orLate(raiseLimit({ admin, mailId, now: new Date() }), "raised", "raisedLate");

/** Anyone who is too late finds the button no longer on the page, and so no form that could say it. */
async function orLate(act: Promise<void>, done: MailDone, late: MailDone): Promise<Done> {
  try {
    await act;
    return { done };
  } catch (error) {
    if (error instanceof DomainError && error.code === "conflict") return { done: late };
    throw error;
  }
}
