import { handleForm } from "@/app/_forms/handle-form";
import { readNext } from "@/app/[locale]/admin/_parts/account/next-page";
import { keepNext } from "@/app/[locale]/admin/sign-in/kept-next";
import { requestSignIn } from "@/lib/auth/request-sign-in";
import { inConstantTime } from "@/lib/http/constant-time";
import { clientNetwork } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";
import { parseEmail } from "@/lib/signatures/schemas";

type Params = { params: Promise<{ locale: string }> };

/** Sends a sign-in link, if the address is an administrator's; the answer is the same for every address. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/sign-in");
  return handleForm(request, page, {
    "sign-in": async (values) => {
      const parsed = parseEmail(values);
      if (!parsed.ok) return { errors: parsed.errors };
      const { email } = parsed.data;
      const network = clientNetwork();
      await keepNext(readNext(values.next));
      await inConstantTime(() => requestSignIn({ email, locale, network, now: new Date() }));
      return { redirect: localePath(locale, "/admin/sign-in/check-your-mailbox") };
    },
  });
}
