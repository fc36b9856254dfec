import type { ChoosableState } from "@/lib/bulk/rules";
import { db } from "@/lib/db/client";
import { openSignatory } from "@/lib/signatures/sealed-contents";
import { type CountryColumns, openCountry } from "@/lib/signatures/sealed-origin";
import { openDataKey } from "@/lib/vault/keys";
import type { Prisma, Quarantine, SignatoryKind } from "@/prisma/generated/client";

/** One of the signatures that an invalidation would change. */
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

const SAMPLE = 20;

type Row = Omit<SampleLine, "name" | "affiliation" | "country"> &
  CountryColumns & {
    wrapped: string;
    typed: string;
    corrected: string | null;
  };

/** Picks 20 that do not depend on age or name. @param where over `signature g` */
export async function readSample(where: Prisma.Sql): Promise<SampleLine[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT g.id, g.state::text AS state, s.kind::text AS kind, s.country,
      s.sealed_country AS "sealedCountry", g.submitted_at AS "submittedAt", g.flags,
      g.quarantine::text AS quarantine, k.wrapped, s.typed, s.corrected
    FROM signature g JOIN signature_key k ON k.signature_id = g.id JOIN signatory s ON s.id = g.signatory_id
    WHERE ${where} AND s.typed IS NOT NULL ORDER BY md5(g.id::text) LIMIT ${SAMPLE}`;
  return rows.map(({ wrapped, typed, corrected, country, sealedCountry, ...line }) => {
    const key = openDataKey(line.id, wrapped);
    const { name, affiliation } = openSignatory(key, { typed, corrected });
    return { ...line, name, affiliation, country: openCountry(key, { country, sealedCountry }) };
  });
}
