import { type FormOutcome, handleForm } from "@/app/_forms/handle-form";
import type { Admin } from "@/lib/auth/admin";
import { currentAdmin } from "@/lib/auth/current-admin";
import { type AdminAction, can } from "@/lib/auth/permissions";
import { type FormValues, requestContext } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";

/**
 * Answers a form that an administrator posted; anybody else gets 401, one whose role is not enough 403, and nothing
 * happens. With JavaScript the page and what was typed stay; without, the page to sign in appears.
 * @param may what the form does; its verb asks again
 */
export async function handleAdminForm(
  request: Request,
  { locale, page, may }: { locale: string; page: string; may: AdminAction },
  act: (admin: Admin, values: FormValues) => Promise<FormOutcome>,
): Promise<Response> {
  const admin = await currentAdmin();
  if (!admin) return askToSignIn(request, locale);
  return handleForm(request, page, async (values) =>
    can(admin.role, may) ? act(admin, values) : { errors: { "": ["forbidden"] }, status: 403 },
  );
}

async function askToSignIn(request: Request, locale: string): Promise<Response> {
  if (request.headers.get("accept")?.includes("application/json")) {
    return Response.json({ errors: { "": ["signedOut"] } }, { status: 401 });
  }
  const render = requestContext.getStore()?.renderPage;
  const path = localePath(locale, "/admin/sign-in?first=1");
  const shown = await render?.(path, { id: "", values: {}, errors: {} });
  return new Response(shown?.body, { status: 401, headers: { "content-type": "text/html; charset=utf-8" } });
}
