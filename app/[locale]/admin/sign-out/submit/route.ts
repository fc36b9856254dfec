import { cookies } from "next/headers";
import { handleForm } from "@/app/_forms/handle-form";
import { sessionCookie } from "@/lib/auth/session-cookie";
import { endSession } from "@/lib/auth/sessions";
import { localePath } from "@/lib/i18n/locales";

type Params = { params: Promise<{ locale: string }> };

/** Ends the session of the person who asks. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/sign-in");
  return handleForm(request, page, {
    "sign-out": async () => {
      const { name, options } = sessionCookie();
      const jar = await cookies();
      const token = jar.get(name)?.value;
      if (token) await endSession(token);
      jar.set(name, "", { ...options, maxAge: 0 });
      return { redirect: page };
    },
  });
}
