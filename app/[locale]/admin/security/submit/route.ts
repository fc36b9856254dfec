import { isId } from "@/app/_components/admin/asked";
import type { FormOutcome } from "@/app/_forms/handle-form";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { registerPasskey } from "@/app/[locale]/admin/security/submit/register-passkey";
import type { Admin } from "@/lib/auth/admin";
import { removePasskey } from "@/lib/auth/passkeys/remove-passkey";
import { renamePasskey } from "@/lib/auth/passkeys/rename-passkey";
import { parsePasskeyName } from "@/lib/auth/passkeys/schemas";
import { makeRecoveryCodes } from "@/lib/auth/recovery/make-recovery-codes";
import type { Session } from "@/lib/auth/sessions";
import { DomainError } from "@/lib/errors";
import type { FormValues } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";

type Params = { params: Promise<{ locale: string }> };
type Asked = { admin: Admin; session: Session; values: FormValues; page: string; locale: string };

/** Keeps an administrator's own passkeys and recovery codes. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/security");
  return handleAdminForm(request, { locale, page, may: "session.own" }, (admin, values, session) =>
    act({ admin, session, values, page, locale }),
  );
}

async function act({ admin, session, values, page, locale }: Asked): Promise<FormOutcome> {
  const now = new Date();
  const [form, id = ""] = (values.form ?? "").split(".");
  switch (form) {
    case "offerPasskey":
    case "addPasskey":
      return registerPasskey(session, values, { locale, now, after: `${page}?done=added` });
    case "newCodes":
      return { shown: { codes: (await makeRecoveryCodes(admin, now)).join(" ") } };
    case "renamePasskey": {
      const parsed = parsePasskeyName(values);
      if (!parsed.ok) return { errors: parsed.errors };
      await renamePasskey({ admin, id: known(id), name: parsed.name, now });
      return { redirect: `${page}?done=renamed` };
    }
    case "removePasskey":
      await removePasskey({ admin, id: known(id), sessionId: session.id, now });
      return { redirect: `${page}?done=removed` };
    default:
      throw new DomainError("invalid");
  }
}

function known(id: string): string {
  if (!isId(id)) throw new DomainError("not-found");
  return id;
}
