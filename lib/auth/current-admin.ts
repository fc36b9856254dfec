import { getServerSession } from "next-auth";
import type { Admin } from "@/lib/auth/admin";
import { authOptions } from "@/lib/auth/options";
import type { Session } from "@/lib/auth/sessions";

/** The session that makes this request, by its cookie, also one whose second factor is still to be proved. */
export async function currentSession(): Promise<Session | null> {
  return (await getServerSession(authOptions()))?.resumed ?? null;
}

/** The administrator who makes this request, with the second factor proved where it must be; null for everybody else. */
export async function currentAdmin(): Promise<Admin | null> {
  return (await currentSession())?.admin ?? null;
}
