import { env } from "@/lib/env";

/** The name and attributes of the session's cookie. */
export function sessionCookie() {
  const secure = env().publicUrl.startsWith("https:");
  const name = secure ? "__Host-undersigned-admin" : "undersigned-admin";
  return { name, options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure } };
}
