import type { FormOutcome } from "@/app/_forms/form-acts";
import { handleForm } from "@/app/_forms/handle-form";
import { resend } from "@/app/[locale]/(site)/signatures/resend";
import { DomainError } from "@/lib/errors";
import type { FormValues } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";
import { confirmSignature } from "@/lib/signatures/confirm-signature";

type Params = { params: Promise<{ locale: string; token: string }> };

/** Confirms the signature behind a link, or sends a new link to an address. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, token } = await params;
  const page = localePath(locale, `/signatures/${token}/confirm`);
  return handleForm(request, page, {
    confirm: (values) => confirm(values, token, page),
    resend: (values) => resend(values, page),
  });
}

async function confirm({ revision }: FormValues, token: string, page: string): Promise<FormOutcome> {
  try {
    await confirmSignature({
      token,
      revision: /^\d{1,9}$/.test(revision ?? "") ? Number(revision) : 0,
      now: new Date(),
    });
    return { redirect: page };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // The page itself tells what is behind the link now: a place that is taken, or a link that has done its work.
    return { redirect: page };
  }
}
