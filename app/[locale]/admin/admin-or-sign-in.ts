import { redirect } from "next/navigation";
import type { Admin } from "@/lib/auth/admin";
import { currentAdmin } from "@/lib/auth/current-admin";
import { localePath } from "@/lib/i18n/locales";

/** The administrator who opens a page. Everybody else is sent to sign in. */
export async function adminOrSignIn(locale: string): Promise<Admin> {
  return (await currentAdmin()) ?? redirect(localePath(locale, "/admin/sign-in?first=1"));
}
