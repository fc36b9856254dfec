import type { FormOutcome } from "@/app/_forms/form-actions";
import { inConstantTime } from "@/lib/http/constant-time";
import type { FormValues } from "@/lib/http/request-context";
import { requestNewLink } from "@/lib/signatures/request-new-link";
import { parseEmail } from "@/lib/signatures/schemas";

/** Sends a new link to an address. @param page path of the page that shows the form */
export async function resend(values: FormValues, page: string): Promise<FormOutcome> {
  const parsed = parseEmail(values);
  if (!parsed.ok) return { errors: parsed.errors };
  const { email } = parsed;
  await inConstantTime(() => requestNewLink({ email, now: new Date() }));
  return { redirect: `${page}?sent=1` };
}
