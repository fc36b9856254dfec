import type { FormOutcome } from "@/app/_forms/handle-form";
import { handleSessionForm } from "@/app/[locale]/admin/handle-admin-form";
import { keepSession } from "@/app/[locale]/admin/keep-session";
import { registerPasskey } from "@/app/[locale]/admin/security/submit/register-passkey";
import { readAuthentication } from "@/lib/auth/passkeys/answers";
import { askForPasskey } from "@/lib/auth/passkeys/ask-for-passkey";
import { proveByPasskey } from "@/lib/auth/passkeys/prove-by-passkey";
import { proveByCode } from "@/lib/auth/recovery/prove-by-code";
import type { Session } from "@/lib/auth/sessions";
import { DomainError } from "@/lib/errors";
import type { FormValues } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";

type Params = { params: Promise<{ locale: string }> };

/** Makes a session whole: by a passkey, by a recovery code, or by making the first passkey. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/second-factor");
  return handleSessionForm(request, { locale, page }, (session, values) => act(session, values, locale));
}

async function act(session: Session, values: FormValues, locale: string): Promise<FormOutcome> {
  const now = new Date();
  const security = localePath(locale, "/admin/security");
  switch (values.form) {
    case "askPasskey":
      return { answer: await askForPasskey(session, now) };
    case "provePasskey": {
      const answer = readAuthentication(values.answer ?? "");
      await keepSession(session, await proveByPasskey({ session, answer, now }));
      return { redirect: localePath(locale, "/admin") };
    }
    case "recoveryCode": {
      if (!values.code?.trim()) return { errors: { code: ["required"] } };
      const token = await proveByCode(session, values.code, now);
      if (!token) return { errors: { code: ["wrong"] } };
      await keepSession(session, token);
      return { redirect: `${security}?done=recovered` };
    }
    case "offerPasskey":
    case "addPasskey":
      return registerPasskey(session, values, { locale, now, after: `${security}?done=added` });
    default:
      throw new DomainError("invalid");
  }
}
