import { RAISE } from "@/lib/abuse/limits/limits";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { limitOfDomain } from "@/lib/signatures/mail-allowance";

const DAY_MS = 86_400_000;
const MOST = 1_000_000;

/**
 * Raises for some days how many mails a domain may have in a day, and lets those leave that wait for it.
 * @param mailId of a mail that waits
 * @throws DomainError `forbidden`; `conflict` where it waits no more, or for no domain
 */
export async function raiseLimit({
  admin,
  mailId,
  now,
}: {
  admin: Admin;
  mailId: string;
  now: Date;
}): Promise<void> {
  await db.$transaction(async (tx) => {
    await assertStillMay(tx, admin, "mail.raise");
    const held = await tx.mail.findFirst({
      where: { id: mailId, state: "HELD" },
      select: { domainKey: true },
    });
    if (!held?.domainKey) throw new DomainError("conflict");
    const { domainKey: key } = held;
    const [raised] = await tx.mailRaise.findMany({ where: { key, until: { gt: now } } });
    const count = Math.min(MOST, (raised?.count ?? limitOfDomain(key).count) * RAISE.times);
    const until = new Date(now.getTime() + RAISE.days * DAY_MS);
    const row = { count, until, adminId: admin.id };
    await tx.mailRaise.upsert({ where: { key }, create: { key, ...row }, update: row });
    await tx.mail.updateMany({ where: { domainKey: key, state: "HELD" }, data: { notBefore: now } });
    const details = { limit: limitOfDomain(key).kind, count, until: until.toISOString() };
    await writeAudit(tx, { at: now, actor: "ADMIN", adminId: admin.id, action: "mail.raise", details });
  });
}
