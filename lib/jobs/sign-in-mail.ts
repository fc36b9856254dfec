import { openAdminAddress } from "@/lib/auth/admin";
import { isAdmin } from "@/lib/auth/is-admin";
import { LINK_MINUTES } from "@/lib/auth/rules";
import { linkWorks } from "@/lib/auth/sign-in-links";
import { env } from "@/lib/env";
import { localePath } from "@/lib/i18n/locales";
import type { MailJob } from "@/lib/jobs/queue";
import type { NoMail, ReadyMail } from "@/lib/jobs/ready-mail";
import { deploymentKey } from "@/lib/vault/keys";
import { open } from "@/lib/vault/seal";

/**
 * Reads what a sign-in mail says.
 * @returns `nothing` for an address that is no administrator's any more, and for a link that is over
 */
export async function signInMail(
  job: Extract<MailJob, { message: "admin-sign-in" }>,
  now: Date,
): Promise<ReadyMail | NoMail> {
  const address = openAdminAddress(job.sealedAddress);
  const token = open(deploymentKey(), "admin.token", job.sealedToken);
  if (!(await isAdmin(address)) || !(await linkWorks(token, now))) return "nothing";
  const link = `${env().publicUrl}${localePath(job.locale, `/admin/sign-in/${token}`)}`;
  return {
    to: address,
    locale: job.locale,
    content: { message: job.message, link, linkMinutes: LINK_MINUTES },
  };
}
