import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { handleForm } from "@/app/_forms/handle-form";
import { type Device, deviceOf } from "@/lib/auth/device";
import { authOptions, sessionCookie } from "@/lib/auth/options";
import { env } from "@/lib/env";
import { localePath } from "@/lib/i18n/locales";

type Params = { params: Promise<{ locale: string; token: string }> };

/** Signs in with a mailed link and uses it up. A link that does not work leads back to its page, which says so. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, token } = await params;
  const page = localePath(locale, `/admin/sign-in/${token}`);
  const cookies: string[] = [];
  const response = await handleForm(request, page, {
    "use-link": async () => {
      cookies.push(...(await signIn(token, deviceOf(request.headers.get("user-agent")))));
      return { redirect: cookies.length > 0 ? localePath(locale, "/admin") : page };
    },
  });
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

/**
 * Lets next-auth's e-mail callback look the link up, use it up and begin the session. Its own routes are not served:
 * its callback would take a GET, and of the rest nothing is needed.
 * @returns the session's cookie; none where the link does not work
 */
async function signIn(token: string, device: Device): Promise<string[]> {
  const callback = new NextRequest(
    `${env().publicUrl}/api/auth/callback/email?${new URLSearchParams({ token })}`,
    {
      method: "POST",
    },
  );
  const context = { params: { nextauth: ["callback", "email"] } };
  const answer: Response = await NextAuth(callback, context, authOptions(device));
  const begun = new RegExp(`^${sessionCookie().name}=[^;]`);
  return answer.headers.getSetCookie().filter((cookie) => begun.test(cookie));
}
