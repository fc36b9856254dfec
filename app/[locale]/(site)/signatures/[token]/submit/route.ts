import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleForm } from "@/app/_forms/handle-form";
import { DomainError } from "@/lib/errors";
import { localePath } from "@/lib/i18n/locales";
import { confirmAgain, withdrawByLink } from "@/lib/signatures/confirm-again/confirm-again";

type Params = { params: Promise<{ locale: string; token: string }> };

/** Confirms one's own signature for the newest text, or withdraws it. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, token } = await params;
  const page = localePath(locale, `/signatures/${token}`);
  return handleForm(request, page, {
    "confirm-again": ({ version = "" }) => {
      const shown = /^[1-9]\d{0,5}$/.test(version) ? Number(version) : 0;
      return orShow(page, "confirmed", () => confirmAgain({ token, version: shown, now: new Date() }));
    },
    withdraw: () => orShow(page, "withdrawn", () => withdrawByLink({ token, now: new Date() })),
  });
}

/** The page itself tells what is behind the link now: a text that changed meanwhile, or a signature that is gone. */
async function orShow(page: string, done: string, act: () => Promise<void>): Promise<FormOutcome> {
  try {
    await act();
    return { redirect: `${page}?done=${done}` };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { redirect: error.code === "stale" ? `${page}?done=newer` : page };
  }
}
