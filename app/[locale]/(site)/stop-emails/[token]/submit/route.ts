import { handleForm } from "@/app/_forms/handle-form";
import { DomainError } from "@/lib/errors";
import { localePath } from "@/lib/i18n/locales";
import { stopEmails } from "@/lib/mail/stop-emails";

type Params = { params: Promise<{ locale: string; token: string }> };

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, token } = await params;
  const page = localePath(locale, `/stop-emails/${token}`);
  return handleForm(request, page, {
    stop: async () => {
      await stopEmails({ token, now: new Date() }).catch((error) => {
        // The page itself says that the link is unknown.
        if (!(error instanceof DomainError)) throw error;
      });
      return { redirect: page };
    },
  });
}
