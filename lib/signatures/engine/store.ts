import { countStandings } from "@/lib/counts/statistics/count-events";
import type { Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import type { Change, Refusal } from "@/lib/signatures/engine/change";
import {
  type Places,
  SIGNATORY_COLUMNS,
  SIGNATURE_COLUMNS,
  type SignatoryRow,
  type SignatureRow,
} from "@/lib/signatures/engine/columns";
import { PUBLIC_COLUMNS, type PublicRowChange } from "@/lib/signatures/engine/public-row";
import { Prisma } from "@/prisma/generated/client";

type Stored = Pick<Change, "subject"> & { row: SignatureRow };

/** Those that want a place which another signature holds: looked at first, so that a refusal is no error in the database. */
export async function placesTaken(tx: Tx, wanted: Stored[]): Promise<Map<string, Refusal>> {
  const refused = new Map<string, Refusal>();
  const claims = wanted.flatMap(({ row }) => row.claim ?? []);
  const listings = wanted.flatMap(({ row }) => row.listing ?? []);
  if (claims.length + listings.length === 0) return refused;
  const holders = await tx.signature.findMany({
    where: { OR: [{ claim: { in: claims } }, { listing: { in: listings } }] },
    select: { id: true, claim: true, listing: true },
  });
  const held: (Places & { id: string })[] = holders;
  for (const { subject, row } of wanted) {
    const by = (place: keyof Places) =>
      held.some((holder) => holder.id !== subject.id && row[place] !== null && holder[place] === row[place]);
    if (by("claim")) refused.set(subject.id, "already-signed");
    else if (by("listing")) refused.set(subject.id, "already-listed");
    // Of two in one call that want the same place, the first gets it.
    else held.push({ id: subject.id, claim: row.claim, listing: row.listing });
  }
  return refused;
}

const typed = (columns: Record<string, string>) =>
  Prisma.raw(
    Object.entries(columns)
      .map(([name, type]) => `${name} ${type}`)
      .join(", "),
  );
const assigned = (columns: Record<string, string>) =>
  Prisma.raw(
    Object.keys(columns)
      .map((name) => `${name} = v.${name}`)
      .join(", "),
  );

const { corrected: _corrected, ...FOLLOWING } = SIGNATORY_COLUMNS;

/**
 * Stores new standings, each only where the signature is still as it was, and counts them.
 * @returns the ids of those that were
 * @throws DomainError where somebody took a place in the same moment
 */
export async function storeSignatures(tx: Tx, stored: Stored[], now: Date): Promise<Set<string>> {
  if (stored.length === 0) return new Set();
  const rows = stored.map(({ subject: { id, state, hold, revision }, row }) => ({
    id,
    was_state: state,
    was_hold: hold,
    was_revision: revision,
    ...row,
  }));
  const done = await tx.$queryRaw<{ id: string }[]>`
    WITH stored AS (
      UPDATE signature g SET ${assigned(SIGNATURE_COLUMNS)},
        content_digest = CASE WHEN v.state = 'PENDING' THEN g.content_digest END,
        near_keys = CASE WHEN v.state = 'VERIFIED' THEN g.near_keys END
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v(id uuid, was_state "SignatureState",
        was_hold "HoldReason", was_revision int, ${typed(SIGNATURE_COLUMNS)})
      WHERE g.id = v.id AND g.state = v.was_state AND g.revision = v.was_revision
      RETURNING g.id, g.letter_id, g.state, g.hold, g.submitted_at, g.verified_at, g.decided_at, v.was_state, v.was_hold),
    told AS (${countStandings(now)}),
    counted AS (
      INSERT INTO standing_count (letter_id, state, hold, count)
      SELECT letter_id, state, hold, sum(count) FROM (
        SELECT letter_id, was_state AS state, was_hold AS hold, -1 AS count FROM stored
        UNION ALL SELECT letter_id, state, hold, 1 FROM stored) changes
      GROUP BY letter_id, state, hold HAVING sum(count) <> 0)
    SELECT id FROM stored`.catch(asRefusal);
  return new Set(done.map(({ id }) => id));
}

/** Stores the columns of signatories. What was corrected before stays unless something else is given. */
export async function storeSignatories(tx: Tx, rows: (SignatoryRow & { id: string })[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    UPDATE signatory s SET ${assigned(FOLLOWING)}, corrected = COALESCE(v.corrected, s.corrected)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v(id uuid, ${typed(SIGNATORY_COLUMNS)})
    WHERE s.id = v.id`;
}

/** Puts entries on the public list, or takes them off it. */
export async function storePublic(tx: Tx, changes: PublicRowChange[]): Promise<void> {
  const gone = changes.flatMap((change) => ("gone" in change ? [change.gone] : []));
  const rows = changes.flatMap((change) => ("row" in change ? [change.row] : []));
  if (gone.length > 0) await tx.publicSignatory.deleteMany({ where: { signatureId: { in: gone } } });
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO public_signatory (${PUBLIC_NAMES})
    SELECT ${PUBLIC_NAMES} FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v(${typed(PUBLIC_COLUMNS)})
    ON CONFLICT (signature_id) DO UPDATE SET ${PUBLIC_AS_NEW}`;
}

const PUBLIC_NAMES = Prisma.raw(Object.keys(PUBLIC_COLUMNS).join(", "));
const PUBLIC_AS_NEW = Prisma.raw(
  Object.keys(PUBLIC_COLUMNS)
    .map((name) => `${name} = EXCLUDED.${name}`)
    .join(", "),
);

/** Two that take the same place in the same moment: the unique keys decide, and the transaction of the second is over. */
function asRefusal(error: unknown): never {
  const said =
    error instanceof Prisma.PrismaClientKnownRequestError ? JSON.stringify(error.meta) + error.message : "";
  if (said.includes("signature_claim_key")) throw new DomainError("already-signed");
  if (said.includes("signature_listing_key")) throw new DomainError("already-listed");
  throw error;
}
