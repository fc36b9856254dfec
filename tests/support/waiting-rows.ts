import { v7 as uuid } from "uuid";
import { db } from "@/lib/db/client";
import { createDataKey } from "@/lib/encryption/keys";
import { encryptContents } from "@/lib/signatures/encrypted-contents";
import { individual, NOW } from "./letters";

const BATCH = 1_000;

/**
 * Confirmed signatures of individuals as rows alone, as signing and confirming leave them but for their
 * flags.
 * @returns their ids
 */
export async function waitingRows(letterId: string, names: readonly string[]): Promise<string[]> {
  const { id: letterVersionId } = await db.letterVersion.findFirstOrThrow({ where: { letterId } });
  const ids: string[] = [];
  for (let at = 0; at < names.length; at += BATCH)
    ids.push(...(await insert({ letterId, letterVersionId }, names.slice(at, at + BATCH), at)));
  return ids;
}

async function insert(place: { letterId: string; letterVersionId: string }, names: string[], from: number) {
  const rows = names.map((name, at) => {
    const [id, signatoryId] = [uuid(), uuid()];
    const { key, wrapped } = createDataKey(id);
    const input = individual({ email: `trial${from + at}@example${at % 500}.org`, name });
    return { id, signatoryId, wrapped, ...encryptContents(key, input, "en") };
  });
  await db.signatory.createMany({
    data: rows.map(({ signatoryId: id, typed, encryptedCountry }) => ({
      ...{ id, typed, encryptedCountry },
      kind: "INDIVIDUAL" as const,
    })),
  });
  const times = { consentAt: NOW, submittedAt: NOW, expiresAt: NOW, verifiedAt: NOW };
  await db.signature.createMany({
    data: rows.map(({ id, signatoryId, encryptedLanguage, address }) => ({
      ...{ id, signatoryId, encryptedLanguage, address, ...place, ...times },
      ...{ state: "VERIFIED" as const, visibility: "PUBLIC" as const, updates: false },
      ...{ consentVersion: "trial", networkHash: `trial-${id}` },
    })),
  });
  await db.signatureKey.createMany({ data: rows.map(({ id, wrapped }) => ({ signatureId: id, wrapped })) });
  return rows.map(({ id }) => id);
}
