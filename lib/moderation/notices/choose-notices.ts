import * as z from "zod/mini";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertMay, assertStillMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { type Parsed, parse } from "@/lib/fields/parse";
import type { FormValues } from "@/lib/http/request-context";
import { NOTICE_MINUTES } from "@/lib/moderation/notices/due";
import { siteNow } from "@/lib/site/queries";
import { isTimeZone } from "@/lib/site/rules";
import { NoticeChoice } from "@/prisma/generated/enums";

/** When somebody wants to be told: `hour` and `timeZone` of a daily notice. */
export type ChosenNotices = { notices: NoticeChoice; noticeHour: number; timeZone: string };

const form = z.object({
  notices: z.enum(NoticeChoice, "required"),
  noticeHour: z.coerce.number("required").check(z.int("unknown"), z.gte(0, "unknown"), z.lte(23, "unknown")),
  timeZone: z.string("required").check(z.refine(isTimeZone, "unknown")),
});

export const parseNotices = (values: FormValues): Parsed<ChosenNotices> => parse(form, values);

/** What an administrator has chosen. @throws DomainError `forbidden` */
export async function chosenNotices(admin: Admin): Promise<ChosenNotices> {
  assertMay(admin, "session.own");
  const row = await db.admin.findUniqueOrThrow({
    where: { id: admin.id },
    select: { notices: true, noticeHour: true, timeZone: true },
  });
  return { ...row, timeZone: row.timeZone ?? (await siteNow(db)).timeZone };
}

const PAUSE_MS = NOTICE_MINUTES * 60_000;

type Choice = { admin: Admin; chosen: ChosenNotices; locale: string; now: Date };

/**
 * Keeps what an administrator chose; their notices come in the language in which they chose. What waits now is known to
 * who has just looked.
 * @throws DomainError `forbidden`
 */
export async function chooseNotices({ admin, chosen, locale, now }: Choice): Promise<void> {
  await db.$transaction(async (tx) => {
    await assertStillMay(tx, admin, "session.own");
    // A day begins anew: they hear of the next thing at once, without the pause between two emails.
    const noticedAt = chosen.notices === "AT_ONCE" ? new Date(now.getTime() - PAUSE_MS) : now;
    const data = { ...chosen, locale, noticedAt };
    await tx.admin.update({ where: { id: admin.id }, data, select: { id: true } });
    const details = { notices: chosen.notices };
    await writeAudit(tx, { at: now, actor: "ADMIN", adminId: admin.id, action: "admin.notices", details });
  });
}
