import { bySystem } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { log } from "@/lib/ops/log/log";
import { appendErased, readErased } from "@/lib/signatures/erasure/erased-file";
import { erasedHash } from "@/lib/signatures/erasure/erased-hash";
import { withdrawSignature } from "@/lib/signatures/withdraw-signature";

const PAGE = 5_000;

/**
 * Makes database and file agree about who was erased. People whom a restored backup has brought back are erased again; whom
 * the file does not know, because it is new or was lost, is noted.
 * @returns how many were erased again, and how many noted
 */
export async function eraseAgain(now: Date): Promise<{ erased: number; noted: number }> {
  const known = await readErased();
  const done = { erased: 0, noted: 0 };
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const page = await signaturesAfter(after);
    const isKnown = ({ id }: Row) => known.has(erasedHash(id));
    for (const { id } of page.filter((row) => row.alive && isKnown(row)))
      done.erased += await eraseOne(id, now);
    const missing = page.filter((row) => !row.alive && !isKnown(row));
    if (await wereNoted(missing.map(({ id }) => erasedHash(id)))) done.noted += missing.length;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return done;
    after = last.id;
  }
}

type Row = { id: string; alive: boolean };

/** People whose data key is there have not been erased. */
function signaturesAfter(id: string): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT g.id, k.signature_id IS NOT NULL AS alive
    FROM signature g LEFT JOIN signature_key k ON k.signature_id = g.id
    WHERE g.id > ${id}::uuid ORDER BY g.id LIMIT ${PAGE}`;
}

/** A full disk must not keep a site from serving: the next start notes them. */
async function wereNoted(hashes: string[]): Promise<boolean> {
  return appendErased(hashes).then(
    () => true,
    (error: unknown) => {
      log.error("deleted signatures could not be noted outside the database", error);
      return false;
    },
  );
}

/** Of two processes that start together, one erases. */
async function eraseOne(id: string, now: Date): Promise<number> {
  try {
    await db.$transaction((tx) => withdrawSignature(tx, id, "signature.erase-again", bySystem(now)));
    return 1;
  } catch (error) {
    if (error instanceof DomainError && error.code === "conflict") return 0;
    throw error;
  }
}
