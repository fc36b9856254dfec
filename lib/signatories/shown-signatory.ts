import { db } from "@/lib/db/client";

/** Under which name a signature is on the public list, and as what; null for one that is not shown, whatever it says itself. */
export async function shownSignatory(signatureId: string) {
  const row = await db.publicSignatory.findUnique({
    where: { signatureId },
    select: { name: true, section: true },
  });
  if (!row) return null;
  const kind = row.section.endsWith("ORGANISATIONS") ? ("organisation" as const) : ("individual" as const);
  return { kind, name: row.name };
}
