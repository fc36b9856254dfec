import type { FormOutcome } from "@/app/_forms/form-acts";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import type { Admin } from "@/lib/auth/admin";
import { changeRole } from "@/lib/auth/team/change-role";
import { inviteAdmin } from "@/lib/auth/team/invite-admin";
import { removeAdmin } from "@/lib/auth/team/remove-admin";
import { parseInvitation, parseRole } from "@/lib/auth/team/schemas";
import { DomainError } from "@/lib/errors";
import type { FormValues } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";

type Params = { params: Promise<{ locale: string }> };

/** Invites an administrator, changes a role, or takes the right back. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/team");
  return handleAdminForm(
    request,
    { locale, page, may: "team.manage" },
    {
      invite: (admin, values) => invite(admin, values, page),
      changeRole: { each: (id, admin, values) => change(admin, id, values, page) },
      removeAdmin: { each: (id, admin) => remove(admin, id, page) },
    },
  );
}

async function change(admin: Admin, id: string, values: FormValues, page: string): Promise<FormOutcome> {
  const parsed = parseRole(values);
  if (!parsed.ok) return { errors: parsed.errors };
  await changeRole({ admin, id, role: parsed.role, now: new Date() });
  return { redirect: `${page}?done=roleChanged` };
}

async function remove(admin: Admin, id: string, page: string): Promise<FormOutcome> {
  await removeAdmin({ admin, id, now: new Date() });
  return { redirect: `${page}?done=memberRemoved` };
}

async function invite(admin: Admin, values: FormValues, page: string): Promise<FormOutcome> {
  const parsed = parseInvitation(values);
  if (!parsed.ok) return { errors: parsed.errors };
  try {
    await inviteAdmin({ admin, address: parsed.email, role: parsed.role, now: new Date() });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "conflict") throw error;
    return { errors: { email: ["administrator"] } };
  }
  return { redirect: `${page}?done=invited` };
}
