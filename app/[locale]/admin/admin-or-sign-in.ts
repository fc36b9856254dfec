import { redirect } from "next/navigation";
import type { Admin } from "@/lib/auth/admin";
import { currentSession } from "@/lib/auth/current-admin";
import { type AdminAction, canSomewhere } from "@/lib/auth/permissions";
import type { WholeSession } from "@/lib/auth/sessions";
import { localePath } from "@/lib/i18n/locales";

/**
 * The administrator who opens a page. Everybody else is sent to sign in, or to the second factor where that is left;
 * one whose role is not enough to a page that says so.
 * @param action what the page is for
 */
export async function adminOrSignIn(locale: string, action: AdminAction): Promise<Admin> {
  return (await sessionOrSignIn(locale, action)).admin;
}

/** The same with the session, for pages that ask when it was proved. */
export async function sessionOrSignIn(locale: string, action: AdminAction): Promise<WholeSession> {
  const session = (await currentSession()) ?? redirect(localePath(locale, "/admin/sign-in?first=1"));
  if (!session.admin) redirect(localePath(locale, "/admin/second-factor"));
  return canSomewhere(session.admin, action) ? session : redirect(localePath(locale, "/admin/not-allowed"));
}
