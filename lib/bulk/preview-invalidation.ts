import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { matching } from "@/lib/bulk/matching";
import { type Origins, originsOf } from "@/lib/bulk/origins";
import type { ChoosableState } from "@/lib/bulk/rules";
import type { Conditions } from "@/lib/bulk/schemas";
import { db } from "@/lib/db/client";
import { openSignatory } from "@/lib/signatures/sealed-contents";
import { openDataKey } from "@/lib/vault/keys";
import { Prisma, type Quarantine, type SignatoryKind } from "@/prisma/generated/client";

/** One of the signatures that an invalidation would choose. */
export type SampleLine = {
  id: string;
  state: ChoosableState;
  kind: SignatoryKind;
  name: string;
  affiliation: string | null;
  country: string;
  submittedAt: Date;
  flags: string[];
  quarantine: Quarantine | null;
};

/** What an invalidation would choose. */
export type Preview = {
  count: number;
  /** Of these, how many in each state; states without any are absent. */
  states: Partial<Record<ChoosableState, number>>;
  /** Names exactly this choice, as `chosenFingerprint` does. */
  fingerprint: string;
  origins: Origins;
  sample: SampleLine[];
};

const SAMPLE = 20;

/**
 * Counts what conditions choose at this moment, and picks a sample of 20 that does not depend on age or name.
 * Changes nothing.
 * @throws DomainError `forbidden`
 */
export async function previewInvalidation(admin: Admin, conditions: Conditions): Promise<Preview> {
  assertMay(admin, "bulk.run");
  const where = await matching(db, conditions);
  const [total] = await db.$queryRaw<[{ fingerprint: string }]>`
    SELECT ${CHOSEN_FINGERPRINT} AS fingerprint FROM signature g WHERE ${where}`;
  const groups = await db.$queryRaw<{ state: ChoosableState; count: number }[]>`
    SELECT g.state::text AS state, count(*)::int AS count FROM signature g WHERE ${where} GROUP BY g.state`;
  const sample = await readSample(where);
  const states = Object.fromEntries(groups.map(({ state, count }) => [state, count]));
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  return { count, states, fingerprint: total.fingerprint, origins: await originsOf(where), sample };
}

/**
 * An aggregate over `signature g` that names a choice: which signatures, and as which moderators last left them. A
 * mailbox that is verified meanwhile does not change it.
 */
export const CHOSEN_FINGERPRINT = Prisma.sql`
  md5(coalesce(string_agg(g.id::text || ':' || g.revision, ',' ORDER BY g.id), ''))`;

type Row = Omit<SampleLine, "name" | "affiliation"> & {
  wrapped: string;
  typed: string;
  corrected: string | null;
};

async function readSample(where: Prisma.Sql): Promise<SampleLine[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT g.id, g.state::text AS state, s.kind::text AS kind, s.country, g.submitted_at AS "submittedAt", g.flags,
      g.quarantine::text AS quarantine, k.wrapped, s.typed, s.corrected
    FROM signature g JOIN signature_key k ON k.signature_id = g.id JOIN signatory s ON s.id = g.signatory_id
    WHERE ${where} AND s.typed IS NOT NULL ORDER BY md5(g.id::text) LIMIT ${SAMPLE}`;
  return rows.map(({ wrapped, typed, corrected, ...line }) => {
    const { name, affiliation } = openSignatory(openDataKey(line.id, wrapped), { typed, corrected });
    return { ...line, name, affiliation };
  });
}
