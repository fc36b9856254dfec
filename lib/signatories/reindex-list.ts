import pg from "pg";
import { log } from "@/lib/ops/log/log";
import { fillForms } from "@/lib/signatories/fill-forms";
import { COLLATION } from "@/lib/signatories/list-order";

const NOW = `SELECT pg_collation_actual_version(oid) FROM pg_collation WHERE collname = '${COLLATION}'`;

/**
 * Says loudly that the server sorts otherwise than when the list's order was made: after an update of its library of
 * languages, names may be missing from the list, or be there twice.
 */
export async function reportCollation(databaseUrl: string): Promise<boolean> {
  const { made, now } = await collationVersions(databaseUrl);
  if (made === now) return true;
  log.error("the list is sorted by an older collation; npm run reindex", undefined, { made, now });
  return false;
}

async function collationVersions(databaseUrl: string): Promise<{ made: string | null; now: string | null }> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query(
      `SELECT obj_description('public_signatory_order'::regclass, 'pg_class') AS made, (${NOW}) AS now`,
    );
    return rows[0];
  });
}

/** Makes what a migration of older rows left to the program. @returns of how many entries */
export const fillMissingForms = (databaseUrl: string) =>
  withClient(databaseUrl, (client) => fillForms(client, "missing"));

/**
 * Makes everything anew by which the public list is sorted and searched. Readers go on meanwhile; entries that another
 * version of the collation sorts otherwise may be missing until it is done.
 * @returns how many entries there are
 */
export function reindexList(databaseUrl: string): Promise<number> {
  return withClient(databaseUrl, async (client) => {
    const count = await fillForms(client, "all");
    await client.query("REINDEX TABLE CONCURRENTLY public_signatory");
    await client.query(
      `DO $$ BEGIN EXECUTE format('COMMENT ON INDEX public_signatory_order IS %L', (${NOW})); END $$`,
    );
    return count;
  });
}

async function withClient<T>(databaseUrl: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
