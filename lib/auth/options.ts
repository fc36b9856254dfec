import type { AuthOptions } from "next-auth";
import type { EmailConfig } from "next-auth/providers/email";
import { adminAdapter, type ResumedUser } from "@/lib/auth/adapter";
import type { Device } from "@/lib/auth/device";
import { isAdmin } from "@/lib/auth/is-admin";
import { LINK_MINUTES, SESSION_HOURS } from "@/lib/auth/rules";
import type { Session as OurSession } from "@/lib/auth/sessions";
import { authSecret } from "@/lib/auth/sign-in-links";
import { createToken } from "@/lib/encryption/tokens";
import { env } from "@/lib/env";
import { log } from "@/lib/ops/log/log";

declare module "next-auth" {
  interface Session {
    resumed?: OurSession;
  }
}

const SESSION_S = SESSION_HOURS * 3_600;

/** next-auth asks for the whole of its own provider; of it we need that links are looked up. */
const mailedLink: EmailConfig = {
  id: "email",
  type: "email",
  name: "Email",
  server: {},
  from: "",
  maxAge: LINK_MINUTES * 60,
  sendVerificationRequest: () => {},
  options: {},
};

/** The name and attributes of the session's cookie. */
export function sessionCookie() {
  const secure = env().publicUrl.startsWith("https:");
  const name = secure ? "__Host-undersigned-admin" : "undersigned-admin";
  return { name, options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure } };
}

/**
 * How next-auth works here: links by our own mail, sessions in our tables, 12 hours and no longer.
 * @param device what the session is begun with, for signing in
 */
export function authOptions(device?: Device): AuthOptions {
  return {
    adapter: adminAdapter(() => new Date(), device),
    providers: [mailedLink],
    secret: authSecret(),
    useSecureCookies: env().publicUrl.startsWith("https:"),
    cookies: { sessionToken: sessionCookie() },
    session: {
      strategy: "database",
      maxAge: SESSION_S,
      // Not prolonged by use.
      updateAge: SESSION_S,
      generateSessionToken: () => createToken().token,
    },
    callbacks: {
      signIn: ({ user }) => isAdmin(user.email ?? ""),
      session: ({ session, user }) => ({ ...session, resumed: (user as ResumedUser).resumed }),
    },
    // Codes only: what next-auth would print beside them holds addresses.
    logger: {
      error: (code) => log.error("next-auth failed", undefined, { code }),
      warn: () => {},
      debug: () => {},
    },
  };
}
