import type { FormOutcome } from "@/app/_forms/form-actions";
import { pathAfter, readNext } from "@/app/[locale]/admin/_parts/account/next-page";
import { addByForm, offerByForm } from "@/app/[locale]/admin/account/submit/register-passkey";
import { handleSessionForm } from "@/app/[locale]/admin/handle-admin-form";
import { keepSession } from "@/app/[locale]/admin/keep-session";
import { readAuthentication } from "@/lib/auth/passkeys/answers";
import { askForPasskey } from "@/lib/auth/passkeys/ask-for-passkey";
import { verifyByPasskey } from "@/lib/auth/passkeys/verify-by-passkey";
import { verifyByCode } from "@/lib/auth/recovery/verify-by-code";
import type { Session } from "@/lib/auth/sessions";
import { DomainError } from "@/lib/errors";
import type { FormValues } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";

type Params = { params: Promise<{ locale: string }> };

/** Makes a session whole, or proves a whole one anew: by a passkey, by a recovery code, or by making the first passkey. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/second-factor");
  const added = localePath(locale, "/admin/account?done=added");
  return handleSessionForm(
    request,
    { locale, page },
    {
      askPasskey: async (session) => ({ answer: await askForPasskey(session, new Date()) }),
      verifyPasskey: (session, values) => unlessEnded(locale, verifyPasskey(session, values, locale)),
      recoveryCode: (session, values) => unlessEnded(locale, verifyCode(session, values, locale)),
      offerPasskey: (session, values) => offerByForm(session, values, locale),
      addPasskey: (session, values) => addByForm(session, values, added),
    },
  );
}

/** Leads to the sign-in where too many failures have ended the session: there is nobody to show a form to. */
async function unlessEnded(locale: string, outcome: Promise<FormOutcome>): Promise<FormOutcome> {
  try {
    return await outcome;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "too-many-failures") throw error;
    return { redirect: localePath(locale, "/admin/sign-in?failed=1") };
  }
}

async function verifyPasskey(session: Session, values: FormValues, locale: string): Promise<FormOutcome> {
  const answer = readAuthentication(values.answer ?? "");
  await keepSession(session, await verifyByPasskey({ session, answer, now: new Date() }));
  const next = readNext(values.next);
  return { redirect: localePath(locale, next ? pathAfter(next, "verified") : "/admin") };
}

async function verifyCode(
  session: Session,
  { code, next }: FormValues,
  locale: string,
): Promise<FormOutcome> {
  if (!code?.trim()) return { errors: { code: ["required"] } };
  const token = await verifyByCode(session, code, new Date());
  if (!token) return { errors: { code: ["wrong"] } };
  await keepSession(session, token);
  return { redirect: localePath(locale, pathAfter(readNext(next) ?? "account", "recovered")) };
}
