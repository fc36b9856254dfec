import { LATE_LINKS } from "@/lib/audit/late-links";
import { linkAll } from "@/lib/audit/link-entries";
import { writeAudit } from "@/lib/audit/write-audit";
import { db } from "@/lib/db/client";
import { log } from "@/lib/log/log";

/** Entries are linked within seconds while a worker runs. */
const LATE_MS = 15 * 60_000;

/**
 * Links every entry that is not linked yet, however old. What is linked late is said in the audit log itself: no worker
 * was running, or somebody took links away so that the rest would be linked anew without what was deleted.
 * @returns how many were linked
 */
export async function linkThoroughly(now: Date): Promise<number> {
  const before = new Date(now.getTime() - LATE_MS);
  const late = await db.auditEntry.count({ where: { link: null, at: { lt: before } } });
  const linked = await linkAll();
  if (late > 0 && linked > 0) {
    log.warn("audit entries were linked late", { entries: late });
    await writeAudit(db, { at: now, actor: "SYSTEM", action: LATE_LINKS, details: { entries: late } });
  }
  return linked;
}
