import { answerForm, readValues } from "@/app/_forms/answer-form";
import type { FormActions } from "@/app/_forms/form-actions";
import type { Admin } from "@/lib/auth/admin";
import { currentSession } from "@/lib/auth/current-admin";
import { type AdminAction, canSomewhere } from "@/lib/auth/permissions";
import type { Session } from "@/lib/auth/sessions";
import { DomainError } from "@/lib/errors";
import { type FormValues, requestContext } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";

type Place = { locale: string; page: string };

/** A form whose page holds hours of work: anyone who is signed out gets what was typed back. */
type Kept = { keeps?: boolean };

/**
 * Answers a form that an administrator posted; anybody else gets 401, one whose role is not enough 403, and nothing
 * happens. With JavaScript the page and what was typed stay; without, the page to sign in appears.
 * @param may what the page's forms do; their verbs ask again
 */
export async function handleAdminForm(
  request: Request,
  { may, keeps, ...place }: Place & Kept & { may: AdminAction },
  forms: FormActions<[Admin, FormValues, Session]>,
): Promise<Response> {
  const session = await currentSession();
  if (!session?.admin)
    return askToSignIn(
      request,
      place.locale,
      session ? "halfSignedIn" : "signedOut",
      keeps ? place.page : undefined,
    );
  const { admin } = session;
  return answerForm<[Admin, FormValues, Session]>(request, place.page, forms, (values) => {
    if (!canSomewhere(admin, may)) throw new DomainError("forbidden");
    return [admin, values, session];
  });
}

/** The same for the forms with which a session becomes whole: also for one whose second factor is still to be proved. */
export async function handleSessionForm(
  request: Request,
  { locale, page }: Place,
  forms: FormActions<[Session, FormValues]>,
): Promise<Response> {
  const session = await currentSession();
  if (!session) return askToSignIn(request, locale, "signedOut");
  return answerForm<[Session, FormValues]>(request, page, forms, (values) => [session, values]);
}

const NEXT = { signedOut: "/admin/sign-in?first=1", halfSignedIn: "/admin/second-factor" };

/** @param page that of a form whose values are shown for sending them again */
async function askToSignIn(
  request: Request,
  locale: string,
  why: keyof typeof NEXT,
  page?: string,
): Promise<Response> {
  if (request.headers.get("accept")?.includes("application/json")) {
    return Response.json({ errors: { "": [why] } }, { status: 401 });
  }
  const render = requestContext.getStore()?.renderPage;
  const typed = page ? await readValues(request) : null;
  const form = typed ? { id: "unsaved", values: { ...typed, page: page ?? "" } } : { id: "", values: {} };
  const shown = await render?.(localePath(locale, NEXT[why]), { ...form, errors: {} });
  return new Response(shown?.body, { status: 401, headers: { "content-type": "text/html; charset=utf-8" } });
}
