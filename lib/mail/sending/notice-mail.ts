import { adminById } from "@/lib/auth/admin";
import { can } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { deploymentKey } from "@/lib/encryption/keys";
import { env } from "@/lib/env";
import { localePath } from "@/lib/i18n/locales";
import type { NewMail } from "@/lib/mail/outbox";
import type { ReadyMail } from "@/lib/mail/sending/ready-mail";
import { type LetterQueue, queuesNow, theirs, titlesOf } from "@/lib/moderation/notices/queue-now";

/** Reads what a notice says now. @returns null where nothing waits any more, or for somebody who may not decide any more */
export async function noticeMail({
  message,
  adminId,
  locale,
}: Extract<NewMail, { message: "admin-notice" }>): Promise<ReadyMail | null> {
  const admin = await adminById(adminId, db);
  if (!admin || !can(admin.role, "signature.moderate")) return null;
  const queues = theirs(admin, await queuesNow());
  if (queues.length === 0) return null;
  const titles = await titlesOf(
    queues.map(({ letterId }) => letterId),
    locale,
  );
  return {
    to: admin.address,
    key: deploymentKey(),
    recipient: null,
    locale,
    letters: [],
    content: {
      message,
      queues: queues.map(({ letterId, waiting }) => ({ title: titles.get(letterId) ?? "", ...waiting })),
      link: `${env().publicUrl}${localePath(locale, pathTo(queues))}`,
    },
  };
}

/** Where all that waits is decided; where that is several pages, the one that leads to them. */
function pathTo(queues: LetterQueue[]): string {
  const reported = queues.filter(({ waiting }) => waiting.reports > 0);
  if (reported.length > 0)
    return queues.every(({ waiting, count }) => waiting.reports === count) ? "/admin/objections" : "/admin";
  const [only, ...others] = queues;
  return only && others.length === 0 ? `/admin/letters/${only.slug}/signatures` : "/admin/signatures";
}
