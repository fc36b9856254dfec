import { ADMIN_COLUMNS, admitRow, enrolConfigured } from "@/lib/auth/admin";
import { can } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { enqueueMail } from "@/lib/mail/outbox";
import { noticeOf } from "@/lib/moderation/notices/due";
import { queuesNow, theirs, together } from "@/lib/moderation/notices/queue-now";
import { siteNow } from "@/lib/site/queries";

const COLUMNS = {
  ...ADMIN_COLUMNS,
  notices: true,
  noticeHour: true,
  timeZone: true,
  locale: true,
  createdAt: true,
  noticedAt: true,
  noticedCount: true,
} as const;

/**
 * Tells those who decide, each as they chose, that signatures, reports or changes wait: counts and links, no names.
 * @returns how many are told now
 */
export async function sendNotices(now: Date): Promise<number> {
  await enrolConfigured(now);
  const [rows, queues, site] = [
    await db.admin.findMany({ where: { notices: { not: "NONE" } }, select: COLUMNS }),
    await queuesNow(),
    await siteNow(db),
  ];
  let told = 0;
  for (const row of rows) {
    const admin = admitRow(row);
    if (!admin || !can(admin.role, "signature.moderate")) continue;
    const queue = together(theirs(admin, queues));
    const person = { ...row, timeZone: row.timeZone ?? site.timeZone };
    const notice = noticeOf(person, queue, now);
    if (notice === "tell") told += await tell(row, queue.count, site.locale, now);
    // What was decided meanwhile leaves room for what is new.
    else if (notice === "note" || queue.count < row.noticedCount)
      await db.admin.updateMany({
        where: { id: row.id, noticedAt: row.noticedAt },
        data: { noticedCount: queue.count, ...(notice === "note" && { noticedAt: now }) },
      });
  }
  return told;
}

type Row = { id: string; noticedAt: Date | null; locale: string | null };

/** @returns 0 where another worker was faster */
async function tell(row: Row, count: number, siteLocale: string, now: Date): Promise<number> {
  return db.$transaction(async (tx) => {
    const noticed = await tx.admin.updateMany({
      where: { id: row.id, noticedAt: row.noticedAt },
      data: { noticedAt: now, noticedCount: count },
    });
    if (noticed.count === 0) return 0;
    const locale = row.locale ?? siteLocale;
    await enqueueMail(tx, { message: "admin-notice", adminId: row.id, locale });
    return 1;
  });
}
