import { handleForm } from "@/app/_forms/handle-form";
import { inEvenTime } from "@/lib/http/even-time";
import { clientNetwork } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";
import { parseSignature } from "@/lib/signatures/schemas";
import { signLetter } from "@/lib/signatures/sign-letter";

type Params = { params: Promise<{ locale: string; slug: string }> };

/** Signs the letter. What follows is the same page for everybody, whatever the state of the address. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, slug } = await params;
  const as = new URL(request.url).searchParams.get("as") === "organisation" ? "organisation" : "individual";
  const page = localePath(locale, `/letters/${slug}/sign`);
  return handleForm(request, `${page}?as=${as}`, {
    sign: async (values) => {
      const parsed = parseSignature(as === "organisation" ? "ORGANISATION" : "INDIVIDUAL", values);
      if (!parsed.ok) return { errors: parsed.errors };
      const { proof } = values;
      const from = { network: clientNetwork(), proof, asksBack: proof === "" };
      await inEvenTime(() => signLetter({ slug, locale, input: parsed.input, now: new Date(), ...from }));
      return { redirect: `${page}/check-your-mailbox` };
    },
  });
}
