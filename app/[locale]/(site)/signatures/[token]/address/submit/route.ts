import { handleForm } from "@/app/_forms/handle-form";
import { DomainError } from "@/lib/errors";
import { localePath } from "@/lib/i18n/locales";
import { confirmMove } from "@/lib/signatures/move/confirm-move";
import { stopMoveBehind } from "@/lib/signatures/move/stop-move";

type Params = { params: Promise<{ locale: string; token: string }> };

/** Confirms a move from one of its two mailboxes, or stops it from the old one. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, token } = await params;
  const page = localePath(locale, `/signatures/${token}/address`);
  // What was done by this link ends it.
  const after = localePath(locale, "/signatures");
  const now = new Date();
  return handleForm(request, page, {
    move: async () => {
      const done = await confirmMove({ token, now }).catch(whenOver);
      if (done?.token) return { redirect: `${localePath(locale, `/signatures/${done.token}`)}?done=moved` };
      return { redirect: done?.moved ? `${after}?done=moved` : page };
    },
    stop: async () => {
      const stopped = await stopMoveBehind(token, now).then(() => true, whenOver);
      return { redirect: stopped ? `${after}?done=stopped` : page };
    },
  });
}

/** The page itself says that its link is over. */
function whenOver(error: unknown): null {
  if (error instanceof DomainError && error.code === "not-found") return null;
  throw error;
}
