import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import type { Before } from "@/lib/bulk/held-signatures";
import type { KeptReason } from "@/lib/bulk/rules";
import { db } from "@/lib/db/client";

/** A signature that undoing left as it was, or that an act passed over. */
export type LeftOut = { signatureId: string; why: KeptReason | "skipped" };

const MOST_SHOWN = 100;

/** Which signatures an act passed over or its undoing left as they were, and why. @throws DomainError `forbidden` */
export async function leftOut(admin: Admin, bulkActId: string): Promise<LeftOut[]> {
  assertMay(admin, "bulk.read");
  const items = await db.bulkItem.findMany({
    where: { bulkActId, state: { in: ["SKIPPED", "KEPT"] } },
    orderBy: { signatureId: "asc" },
    take: MOST_SHOWN,
    select: { signatureId: true, state: true, before: true },
  });
  return items.map(({ signatureId, state, before }) => {
    const kept = (before as Before | null)?.kept ?? "moved-on";
    return { signatureId, why: state === "KEPT" ? kept : "skipped" };
  });
}
