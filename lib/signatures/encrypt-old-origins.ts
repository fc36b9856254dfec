import { db, type Tx } from "@/lib/db/client";
import { decryptDataKey } from "@/lib/encryption/keys";
import { encryptCountry, encryptLanguage, isEncrypted } from "@/lib/signatures/encrypted-origin";
import { noteHidden } from "@/lib/signatures/erasure/note-hidden";

const BATCH = 500;

/**
 * Encrypts the countries and languages that versions before this one kept in the clear, and empties those of erased people.
 * @returns how many signatures; call again until there are none
 */
export const encryptOldOrigins = () => db.$transaction(encryptBatch);

type Old = {
  id: string;
  signatoryId: string;
  country: string | null;
  language: string;
  wrapped: string | null;
};

async function encryptBatch(tx: Tx): Promise<number> {
  const rows = await tx.$queryRaw<Old[]>`
    SELECT g.id, g.signatory_id AS "signatoryId", s.encrypted_country AS country, g.locale AS language, k.wrapped
    FROM signature g JOIN signatory s ON s.id = g.signatory_id LEFT JOIN signature_key k ON k.signature_id = g.id
    WHERE g.locale <> '' AND g.locale NOT LIKE 'x1.%' LIMIT ${BATCH} FOR UPDATE OF g SKIP LOCKED`;
  for (const row of rows) await encryptOne(tx, row);
  if (rows.length > 0) await noteHidden(tx);
  return rows.length;
}

async function encryptOne(tx: Tx, { id, signatoryId, wrapped, ...row }: Old): Promise<void> {
  const key = wrapped ? decryptDataKey(id, wrapped) : null;
  const encryptedLanguage = key ? encryptLanguage(key, row.language) : "";
  const encryptedCountry = isEncrypted(row.country)
    ? row.country
    : key && row.country && encryptCountry(key, row.country);
  await tx.signature.update({ where: { id }, data: { encryptedLanguage }, select: { id: true } });
  const data = { encryptedCountry };
  await tx.signatory.update({ where: { id: signatoryId }, data, select: { id: true } });
}
