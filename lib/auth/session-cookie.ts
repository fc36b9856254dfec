import { env } from "@/lib/env";

export function sessionCookie() {
  const secure = env().publicUrl.startsWith("https:");
  const name = secure ? "__Host-undersigned-admin" : "undersigned-admin";
  return { name, options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure } };
}
