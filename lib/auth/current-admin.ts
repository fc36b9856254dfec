import { type AuthOptions, getServerSession } from "next-auth";
import type { Admin } from "@/lib/auth/admin";
import { SESSION_HOURS } from "@/lib/auth/rules";
import { sessionCookie } from "@/lib/auth/session-cookie";
import { personOf, resumeSession, type Session } from "@/lib/auth/sessions";
import { derivedSecret } from "@/lib/encryption/hash";
import { env } from "@/lib/env";
import { log } from "@/lib/ops/log/log";

/** The session that makes this request, by its cookie, also one whose second factor is still to be proved. */
export async function currentSession(): Promise<Session | null> {
  let session: Session | null = null;
  await getServerSession(
    readingCookie(async (token) => {
      session = await resumeSession(token, new Date());
      return session;
    }),
  );
  return session;
}

/** The administrator who makes this request, with the second factor proved where it must be; null for everybody else. */
export async function currentAdmin(): Promise<Admin | null> {
  return (await currentSession())?.admin ?? null;
}

const SESSION_S = SESSION_HOURS * 3_600;

/** All that next-auth does here: it reads the cookie and asks whose session it is (decision 26). */
function readingCookie(resume: (token: string) => Promise<Session | null>): AuthOptions {
  return {
    providers: [],
    adapter: {
      getSessionAndUser: async (sessionToken) => {
        const session = await resume(sessionToken);
        if (!session) return null;
        const { id, address } = personOf(session);
        return {
          session: { sessionToken, userId: id, expires: session.expiresAt },
          user: { id, email: address, emailVerified: null },
        };
      },
    },
    secret: derivedSecret("next-auth"),
    useSecureCookies: env().publicUrl.startsWith("https:"),
    cookies: { sessionToken: sessionCookie() },
    // Not prolonged by use.
    session: { strategy: "database", maxAge: SESSION_S, updateAge: SESSION_S },
    // Codes only: what next-auth would print beside them holds addresses.
    logger: {
      error: (code) => log.error("next-auth failed", undefined, { code }),
      warn: () => {},
      debug: () => {},
    },
  };
}
