import type pg from "pg";
import { errorCode } from "@/lib/errors";

const INSUFFICIENT_PRIVILEGE = "42501";
/** A server that keeps thousands of segments keeps them on purpose. */
const MOST_SEGMENTS = 200;

/**
 * Has the server drop the write-ahead log up to now, which repeats what tables held. Segments that it made ready from
 * old ones are stepped over, so that they go too.
 * @returns false where the program's role may not: the server's own checkpoints do it then, in their time
 */
export async function dropWal(client: pg.Client): Promise<boolean> {
  try {
    const ahead = await segmentsAhead(client);
    for (let step = 0; step <= ahead; step++) {
      // Without a record in between, a second switch stays where it is.
      await client.query("SELECT pg_logical_emit_message(false, 'undersigned', 'erased')");
      await client.query("SELECT pg_switch_wal()");
    }
    await client.query("CHECKPOINT");
    return true;
  } catch (error) {
    if (errorCode(error) === INSUFFICIENT_PRIVILEGE) return false;
    throw error;
  }
}

async function segmentsAhead(client: pg.Client): Promise<number> {
  const { rows } = await client.query(
    `SELECT count(*)::int AS ahead FROM pg_ls_waldir()
     WHERE name ~ '^[0-9A-F]{24}$' AND name > pg_walfile_name(pg_current_wal_insert_lsn())`,
  );
  return Math.min(rows[0].ahead, MOST_SEGMENTS);
}
