import { handleForm } from "@/app/_forms/handle-form";
import { resend } from "@/app/[locale]/(site)/signatures/resend";
import { localePath } from "@/lib/i18n/locales";

type Params = { params: Promise<{ locale: string }> };

/** Sends a new link to an address, for anyone who could not use the one that was mailed. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const page = localePath((await params).locale, "/signatures");
  return handleForm(request, page, { resend: (values) => resend(values, page) });
}
