import type { FormOutcome } from "@/app/_forms/form-actions";
import { addByForm, offerByForm } from "@/app/[locale]/admin/account/submit/register-passkey";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import type { Admin } from "@/lib/auth/admin";
import { confirmedAdmin } from "@/lib/auth/confirmed-admin";
import { endOtherSessions, endOwnSession } from "@/lib/auth/own-sessions";
import { removePasskey } from "@/lib/auth/passkeys/remove-passkey";
import { renamePasskey } from "@/lib/auth/passkeys/rename-passkey";
import { parsePasskeyName } from "@/lib/auth/passkeys/schemas";
import { makeRecoveryCodes } from "@/lib/auth/recovery/make-recovery-codes";
import type { Session } from "@/lib/auth/sessions";
import type { FormValues } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";
import { chooseNotices, parseNotices } from "@/lib/moderation/notices/choose-notices";

type Params = { params: Promise<{ locale: string }> };

/** Keeps an administrator's own passkeys, recovery codes and sessions. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/account");
  return handleAdminForm(
    request,
    { locale, page, may: "session.own" },
    {
      offerPasskey: (_admin, values, session) => offerByForm(session, values, locale),
      addPasskey: (_admin, values, session) => addByForm(session, values, `${page}?done=added`),
      newCodes: (_admin, _values, session) => makeCodes(session),
      renamePasskey: { each: (id, admin, values) => rename(admin, id, values, page) },
      removePasskey: { each: (id, _admin, _values, session) => remove(id, session, page) },
      endSession: {
        each: async (id, admin) => {
          await endOwnSession(admin, id, new Date());
          return { redirect: `${page}?done=sessionEnded` };
        },
      },
      notices: async (admin, values) => {
        const parsed = parseNotices(values);
        if (!parsed.ok) return { errors: parsed.errors };
        await chooseNotices({ admin, chosen: parsed.data, locale, now: new Date() });
        return { redirect: `${page}?done=noticesSaved` };
      },
      endOthers: async (admin, _values, session) => {
        await endOtherSessions(admin, session.id, new Date());
        return { redirect: `${page}?done=sessionsEnded` };
      },
    },
  );
}

async function rename(admin: Admin, id: string, values: FormValues, page: string): Promise<FormOutcome> {
  const parsed = parsePasskeyName(values);
  if (!parsed.ok) return { errors: parsed.errors };
  await renamePasskey({ admin, id, name: parsed.data.passkeyName, now: new Date() });
  return { redirect: `${page}?done=renamed` };
}

async function makeCodes(session: Session): Promise<FormOutcome> {
  const now = new Date();
  return { shown: { codes: (await makeRecoveryCodes(confirmedAdmin(session, now), now)).join(" ") } };
}

async function remove(id: string, session: Session, page: string): Promise<FormOutcome> {
  const now = new Date();
  await removePasskey({ admin: confirmedAdmin(session, now), id, sessionId: session.id, now });
  return { redirect: `${page}?done=removed` };
}
