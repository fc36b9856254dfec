import { cookies } from "next/headers";
import { sessionCookie } from "@/lib/auth/options";
import type { Session } from "@/lib/auth/sessions";

/** Gives the browser the new value of its session's cookie; it ends when the session does. */
export async function keepSession({ expiresAt }: Session, token: string): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, token, { ...options, expires: expiresAt });
}
