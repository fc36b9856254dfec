import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { confirmedAdmin } from "@/lib/auth/confirmed-admin";
import type { Session } from "@/lib/auth/sessions";
import { changeRole } from "@/lib/auth/team/change-role";
import { inviteAdmin } from "@/lib/auth/team/invite-admin";
import { removeAdmin } from "@/lib/auth/team/remove-admin";
import { parseInvitation, parseRole } from "@/lib/auth/team/schemas";
import { DomainError } from "@/lib/errors";
import { readPublicId } from "@/lib/http/public-ids";
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
      invite: (_admin, values, session) => invite(session, values, page, locale),
      changeRole: { each: (id, _admin, values, session) => change(session, id, values, page) },
      removeAdmin: { each: (id, _admin, _values, session) => remove(session, id, page) },
    },
  );
}

async function change(session: Session, id: string, values: FormValues, page: string): Promise<FormOutcome> {
  const parsed = parseRole(values);
  if (!parsed.ok) return { errors: parsed.errors };
  const now = new Date();
  await changeRole({
    admin: confirmedAdmin(session, now),
    id,
    role: parsed.data.role,
    letters: lettersIn(parsed.data),
    now,
  });
  return { redirect: `${page}?done=roleChanged` };
}

async function remove(session: Session, id: string, page: string): Promise<FormOutcome> {
  const now = new Date();
  await removeAdmin({ admin: confirmedAdmin(session, now), id, now });
  return { redirect: `${page}?done=memberRemoved` };
}

async function invite(
  session: Session,
  values: FormValues,
  page: string,
  locale: string,
): Promise<FormOutcome> {
  const parsed = parseInvitation(values);
  if (!parsed.ok) return { errors: parsed.errors };
  const now = new Date();
  const admin = confirmedAdmin(session, now);
  try {
    await inviteAdmin({
      admin,
      address: parsed.data.email,
      role: parsed.data.role,
      letters: lettersIn(parsed.data),
      locale,
      now,
    });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "conflict") throw error;
    return { errors: { email: ["administrator"] } };
  }
  return { redirect: `${page}?done=invited` };
}

const lettersIn = ({ letters }: { letters: string[] | null }) => letters?.map(readPublicId) ?? null;
