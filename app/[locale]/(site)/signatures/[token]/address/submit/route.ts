import { handleForm } from "@/app/_forms/handle-form";
import { DomainError } from "@/lib/errors";
import { localePath } from "@/lib/i18n/locales";
import { confirmMove } from "@/lib/signatures/move/confirm-move";

type Params = { params: Promise<{ locale: string; token: string }> };

/** Confirms from the new mailbox that a signature is to belong to it. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, token } = await params;
  const page = localePath(locale, `/signatures/${token}/address`);
  return handleForm(request, page, {
    move: async () => {
      const own = await confirmMove({ token, now: new Date() }).catch(whenOver);
      return { redirect: own ? `${localePath(locale, `/signatures/${own}`)}?done=moved` : page };
    },
  });
}

/** The page itself says that its link is over. */
function whenOver(error: unknown): null {
  if (error instanceof DomainError && error.code === "not-found") return null;
  throw error;
}
