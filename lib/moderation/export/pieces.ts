import { db } from "@/lib/db/client";
import { type DataKey, decryptBytes, encryptBytes } from "@/lib/encryption/cipher";

/** How many bytes a piece has, before it is encrypted. */
export const PIECE_BYTES = 256 * 1024;

/** A file as one attempt writes it. */
export type Writing = { id: string; attempt: string; key: DataKey };

/** Another has taken the file over, or it begins anew: what this attempt writes counts for nothing. */
export class OvertakenError extends Error {
  override name = "OvertakenError";
}

// A piece opens in its own place alone.
const placeOf = (id: string, number: number) => `export-piece:${id}:${number}`;

/** Stores a piece, and how far the file is, if the attempt still counts. @throws OvertakenError */
export async function storePiece(
  { id, attempt, key }: Writing,
  number: number,
  bytes: Uint8Array,
  done: number,
): Promise<void> {
  const encrypted = encryptBytes(key, placeOf(id, number), bytes);
  const stored = await db.$executeRaw`
    WITH mine AS (
      UPDATE export_file SET pieces = ${number + 1}, done = ${done}, touched_at = ${new Date()}
      WHERE id = ${id}::uuid AND attempt = ${attempt}::uuid AND state = 'RUNNING' RETURNING id
    )
    INSERT INTO export_piece (file_id, number, bytes) SELECT id, ${number}, ${encrypted} FROM mine`;
  if (stored === 0) throw new OvertakenError();
}

/**
 * The pieces of a file, decrypted, one after the other.
 * @throws OvertakenError where the file becomes void meanwhile
 */
export async function* readPieces(id: string, key: DataKey, pieces: number): AsyncGenerator<Uint8Array> {
  for (let number = 0; number < pieces; number++) {
    const [piece] = await db.$queryRaw<{ bytes: Uint8Array }[]>`
      SELECT p.bytes FROM export_piece p JOIN export_file f ON f.id = p.file_id
      WHERE f.id = ${id}::uuid AND f.state = 'DONE' AND p.number = ${number}`;
    if (!piece) throw new OvertakenError();
    yield decryptBytes(key, placeOf(id, number), new Uint8Array(piece.bytes));
  }
}
