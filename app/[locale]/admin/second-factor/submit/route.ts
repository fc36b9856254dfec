import type { FormOutcome } from "@/app/_forms/form-acts";
import { handleSessionForm } from "@/app/[locale]/admin/handle-admin-form";
import { keepSession } from "@/app/[locale]/admin/keep-session";
import { addByForm, offerByForm } from "@/app/[locale]/admin/security/submit/register-passkey";
import { readAuthentication } from "@/lib/auth/passkeys/answers";
import { askForPasskey } from "@/lib/auth/passkeys/ask-for-passkey";
import { proveByPasskey } from "@/lib/auth/passkeys/prove-by-passkey";
import { proveByCode } from "@/lib/auth/recovery/prove-by-code";
import type { Session } from "@/lib/auth/sessions";
import type { FormValues } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";

type Params = { params: Promise<{ locale: string }> };

/** Makes a session whole: by a passkey, by a recovery code, or by making the first passkey. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/second-factor");
  const security = localePath(locale, "/admin/security");
  return handleSessionForm(
    request,
    { locale, page },
    {
      askPasskey: async (session) => ({ answer: await askForPasskey(session, new Date()) }),
      provePasskey: (session, values) => provePasskey(session, values, localePath(locale, "/admin")),
      recoveryCode: (session, values) => proveCode(session, values, `${security}?done=recovered`),
      offerPasskey: (session, values) => offerByForm(session, values, locale),
      addPasskey: (session, values) => addByForm(session, values, `${security}?done=added`),
    },
  );
}

async function provePasskey(session: Session, values: FormValues, after: string): Promise<FormOutcome> {
  const answer = readAuthentication(values.answer ?? "");
  await keepSession(session, await proveByPasskey({ session, answer, now: new Date() }));
  return { redirect: after };
}

async function proveCode(session: Session, { code }: FormValues, after: string): Promise<FormOutcome> {
  if (!code?.trim()) return { errors: { code: ["required"] } };
  const token = await proveByCode(session, code, new Date());
  if (!token) return { errors: { code: ["wrong"] } };
  await keepSession(session, token);
  return { redirect: after };
}
