import type { FormOutcome } from "@/app/_forms/form-actions";
import { likelyAddress } from "@/lib/fields/addresses/likely";
import { inConstantTime } from "@/lib/http/constant-time";
import type { FormValues } from "@/lib/http/request-context";
import { requestManageLink } from "@/lib/signatures/own/request-manage-link";
import { requestNewLink } from "@/lib/signatures/request-new-link";
import { parseEmail } from "@/lib/signatures/schemas";

/**
 * Emails new links to an address: to what waits there, and to what was confirmed.
 * @param page path of the page that shows the form
 */
export async function resend(values: FormValues, page: string): Promise<FormOutcome> {
  const parsed = parseEmail(values, likelyAddress);
  if (!parsed.ok) return { errors: parsed.errors };
  const { email } = parsed.data;
  await inConstantTime(async () => {
    const now = new Date();
    await requestNewLink({ email, now });
    await requestManageLink({ email, now });
  });
  return { redirect: `${page}?sent=1` };
}
