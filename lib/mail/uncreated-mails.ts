import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { UNCREATED } from "@/lib/mail/rules";

/** Waiting mails of one kind that we cannot create, for one reason. */
export type UncreatedLine = {
  message: string;
  code: (typeof UNCREATED)[number];
  count: number;
  /** Since when the oldest waits. */
  since: Date;
};

/** The mails that we cannot create, and try again. */
export async function uncreatedMails(admin: Admin): Promise<UncreatedLine[]> {
  assertMay(admin, "mail.read");
  return db.$queryRaw<UncreatedLine[]>`
    SELECT message, error AS code, count(*)::int AS count, min(queued_at) AS since
    FROM mail WHERE state = 'WAITING' AND error = ANY(${[...UNCREATED]}::text[])
    GROUP BY message, error ORDER BY since`;
}
