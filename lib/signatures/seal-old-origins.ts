import { db, type Tx } from "@/lib/db/client";
import { openDataKey } from "@/lib/encryption/keys";
import { noteHidden } from "@/lib/signatures/erasure/note-hidden";
import { sealCountry, sealLanguage } from "@/lib/signatures/sealed-origin";

const BATCH = 500;

/**
 * Seals the countries and languages that versions before this one kept in the clear, and empties those of erased people.
 * @returns how many signatures; call again until there are none
 */
export const sealOldOrigins = () => db.$transaction(sealBatch);

type Old = {
  id: string;
  signatoryId: string;
  country: string | null;
  sealedCountry: string | null;
  language: string;
  shown: boolean;
  wrapped: string | null;
};

async function sealBatch(tx: Tx): Promise<number> {
  const rows = await tx.$queryRaw<Old[]>`
    SELECT g.id, g.signatory_id AS "signatoryId", s.country, s.sealed_country AS "sealedCountry", g.locale AS language,
      s.name IS NOT NULL AS shown, k.wrapped
    FROM signature g JOIN signatory s ON s.id = g.signatory_id LEFT JOIN signature_key k ON k.signature_id = g.id
    WHERE g.locale <> '' AND g.locale NOT LIKE 'x1.%' LIMIT ${BATCH} FOR UPDATE OF g SKIP LOCKED`;
  for (const row of rows) await sealOne(tx, row);
  if (rows.length > 0) await noteHidden(tx);
  return rows.length;
}

async function sealOne(tx: Tx, { id, signatoryId, wrapped, ...row }: Old): Promise<void> {
  const key = wrapped ? openDataKey(id, wrapped) : null;
  const sealedLanguage = key ? sealLanguage(key, row.language) : "";
  const sealedCountry = row.sealedCountry ?? (key && row.country ? sealCountry(key, row.country) : null);
  const country = row.shown ? row.country : null;
  await tx.signature.update({ where: { id }, data: { sealedLanguage }, select: { id: true } });
  const data = { country, sealedCountry };
  await tx.signatory.update({ where: { id: signatoryId }, data, select: { id: true } });
}
