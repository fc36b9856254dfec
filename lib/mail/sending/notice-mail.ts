import { adminById } from "@/lib/auth/admin";
import { can } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { deploymentKey } from "@/lib/encryption/keys";
import { env } from "@/lib/env";
import { localePath } from "@/lib/i18n/locales";
import type { NewMail } from "@/lib/mail/outbox";
import type { ReadyMail } from "@/lib/mail/sending/ready-mail";
import { queuesNow, theirs, titlesOf } from "@/lib/moderation/notices/queue-now";

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
  const [only, ...others] = queues;
  const path = only && others.length === 0 ? `/admin/letters/${only.slug}/signatures` : "/admin/signatures";
  return {
    to: admin.address,
    key: deploymentKey(),
    recipient: null,
    locale,
    letters: [],
    content: {
      message,
      queues: queues.map(({ letterId, count }) => ({ title: titles.get(letterId) ?? "", count })),
      link: `${env().publicUrl}${localePath(locale, path)}`,
    },
  };
}
