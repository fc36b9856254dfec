import { handleForm } from "@/app/_forms/handle-form";
import { pathAfter } from "@/app/[locale]/admin/_parts/account/next-page";
import { keepSession } from "@/app/[locale]/admin/keep-session";
import { takeNext } from "@/app/[locale]/admin/sign-in/kept-next";
import { deviceOf } from "@/lib/auth/device";
import { signIn } from "@/lib/auth/sign-in";
import { localePath } from "@/lib/i18n/locales";

type Params = { params: Promise<{ locale: string; token: string }> };

/** Signs in with a mailed link and uses it up. A link that does not work leads back to its page, which says so. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, token } = await params;
  const page = localePath(locale, `/admin/sign-in/${token}`);
  return handleForm(request, page, {
    "use-link": async () => {
      const device = deviceOf(request.headers.get("user-agent"));
      const begun = await signIn({ token, device, now: new Date() });
      if (!begun) return { redirect: page };
      await keepSession(begun, begun.token);
      const next = await takeNext();
      return { redirect: localePath(locale, next ? pathAfter(next, "verified") : "/admin") };
    },
  });
}
