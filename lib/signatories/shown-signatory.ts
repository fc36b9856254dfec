import { db } from "@/lib/db/client";
import { hiddenEntry } from "@/lib/signatories/hiding/queries";

/** Under which name a signature is on the public list, and as what; null for one that is not shown, whatever it says itself. */
export async function shownSignatory(signatureId: string) {
  const row = await db.publicSignatory.findUnique({
    where: { signatureId },
    select: { letterId: true, name: true, section: true },
  });
  if (!row) return null;
  // Hidden by the organiser a moment ago, and not taken off yet.
  const [hidden] = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM public_signatory p WHERE p.signature_id = ${signatureId}::uuid AND ${hiddenEntry(row.letterId)}`;
  if (hidden) return null;
  const kind = row.section.endsWith("ORGANISATIONS") ? ("organisation" as const) : ("individual" as const);
  return { kind, name: row.name };
}
