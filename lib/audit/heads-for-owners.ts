import { notedHeads } from "@/lib/audit/head-notes";
import { headText } from "@/lib/audit/head-text";
import { missingHead } from "@/lib/audit/missing-head";
import { chainHead } from "@/lib/audit/queries";
import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";

/** What owners see of the audit log's chain, as `NUMBER:HASH`. */
export type AuditHeads = {
  /** The newest link; null before the first. */
  head: string | null;
  /** When a head was last noted outside the database; null where none was. */
  notedAt: Date | null;
  /** A head that was noted and is not in the log any more. */
  missing: string | null;
};

/** The audit log's newest head, for owners to keep elsewhere, and whether those are there that were noted. */
export async function headsForOwners(admin: Admin): Promise<AuditHeads> {
  assertMay(admin, "audit.head");
  // A folder that cannot be read keeps nobody from the page; the worker's log tells of it.
  const noted = await notedHeads().catch(() => []);
  const [head, missing] = await Promise.all([chainHead(), missingHead(noted)]);
  return {
    head: head && headText(head),
    notedAt: noted.at(-1)?.at ?? null,
    missing: missing && headText(missing),
  };
}
