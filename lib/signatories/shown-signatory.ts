import { type Database, db } from "@/lib/db/client";
import { hiddenEntry } from "@/lib/signatories/hiding/queries";
import { Prisma } from "@/prisma/generated/client";

/** Under which name a signature is on the public list, and as what; null for one that is not shown, whatever it says itself. */
export async function shownSignatory(signatureId: string) {
  const row = await db.publicSignatory.findUnique({
    where: { signatureId },
    select: { name: true, section: true },
  });
  if (!row || !(await shownAmong(db, [signatureId])).has(signatureId)) return null;
  const kind = row.section.endsWith("ORGANISATIONS") ? ("organisation" as const) : ("individual" as const);
  return { kind, name: row.name };
}

/**
 * Which of some signatures readers see: not those that the organiser hid a moment ago and that still have
 * their row.
 */
export async function shownAmong(database: Database, ids: string[]): Promise<Set<string>> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT p.signature_id::text AS id FROM public_signatory p
    WHERE p.signature_id = ANY(${ids}::uuid[]) AND NOT ${hiddenEntry(Prisma.sql`p.letter_id`)}`;
  return new Set(rows.map(({ id }) => id));
}
