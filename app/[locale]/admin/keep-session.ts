import { cookies } from "next/headers";
import { sessionCookie } from "@/lib/auth/session-cookie";

/** Gives the browser the value of its session's cookie; it ends when the session does. */
export async function keepSession({ expiresAt }: { expiresAt: Date }, token: string): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, token, { ...options, expires: expiresAt });
}
