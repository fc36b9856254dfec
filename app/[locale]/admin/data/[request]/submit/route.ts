import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import type { Admin } from "@/lib/auth/admin";
import { isConfirmed } from "@/lib/auth/rules";
import type { Session } from "@/lib/auth/sessions";
import { localePath } from "@/lib/i18n/locales";
import {
  type Asked,
  eraseObjection,
  erasePerson,
  eraseSuppressions,
  isAnythingLeft,
} from "@/lib/retention/requests/data-request";

type Params = { params: Promise<{ locale: string; request: string }> };

/** Erases a person, or one of their signatures, for an owner whom they asked to. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, request: name } = await params;
  const page = localePath(locale, `/admin/data/${name}`);

  async function act(
    admin: Admin,
    { mfa }: Session,
    verb: (asked: Asked) => Promise<unknown>,
  ): Promise<FormOutcome> {
    const now = new Date();
    const asked = { admin, confirmed: isConfirmed(mfa, now), now, request: name };
    await verb(asked);
    const left = await isAnythingLeft(asked);
    return { redirect: `${left ? page : localePath(locale, "/admin/data")}?done=erased` };
  }

  return handleAdminForm(
    request,
    { locale, page, may: "data.manage" },
    {
      "erase-all": (admin, _, session) => act(admin, session, erasePerson),
      erase: {
        each: (id, admin, _, session) => act(admin, session, (asked) => erasePerson({ ...asked, only: id })),
      },
      "erase-objection": {
        each: (id, admin, _, session) => act(admin, session, (asked) => eraseObjection(asked, id)),
      },
      "allow-emails": (admin, _, session) => act(admin, session, eraseSuppressions),
    },
  );
}
