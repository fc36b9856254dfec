import { handleForm } from "@/app/_forms/handle-form";
import { DomainError } from "@/lib/errors";
import { localePath } from "@/lib/i18n/locales";
import { confirmObjection } from "@/lib/objections/confirm-objection";

type Params = { params: Promise<{ locale: string; token: string }> };

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, token } = await params;
  const page = localePath(locale, `/objections/${token}`);
  return handleForm(request, page, {
    "confirm-objection": async ({ words = "" }) => {
      try {
        await confirmObjection(token, words, new Date());
      } catch (error) {
        // The page itself says that the link is unknown, and shows the words that count.
        if (!(error instanceof DomainError)) throw error;
        if (error.code === "stale") return { redirect: `${page}?newer=1` };
      }
      return { redirect: page };
    },
  });
}
