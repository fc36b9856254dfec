import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { publicForms } from "@/lib/signatories/public-forms";
import { inventedEntry } from "./invented-entries";

const COLUMNS = [
  ...["signature_id", "letter_id", "published_at", "section", "country", "name", "affiliation", "website"],
  ...["sort_key", "search_text", "search_grams", "skeleton", "site_skeleton", "near_keys"],
];

/** Fills lists with invented entries, and counts them: rows of the list alone, with no signatures behind them. */
export async function fillLists(databaseUrl: string, sizes: Map<string, number>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // No signature is looked for, and the indexes are made once at the end.
    await client.query("SET session_replication_role = replica; SET maintenance_work_mem = '512MB'");
    const { rows: indexes } = await client.query<{ name: string; made: string }>(
      `SELECT indexname AS name, indexdef AS made FROM pg_indexes
       WHERE tablename = 'public_signatory' AND indexdef LIKE '%USING gin%'`,
    );
    for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
    for (const [letterId, size] of sizes) await copyIn(client, letterId, size);
    for (const { made } of indexes) await client.query(made);
    await client.query(
      `INSERT INTO letter_tally (letter_id, kind, country, approved, experts)
       SELECT letter_id, CASE section WHEN 'ORGANISATIONS' THEN 'ORGANISATION' ELSE 'INDIVIDUAL' END::"SignatoryKind", country,
         count(*), count(*) FILTER (WHERE section = 'EXPERTS')
       FROM public_signatory WHERE letter_id = ANY($1::uuid[]) GROUP BY 1, 2, 3`,
      [[...sizes.keys()]],
    );
    await client.query("VACUUM (ANALYZE) public_signatory");
  } finally {
    await client.end();
  }
}

async function copyIn(client: pg.Client, letterId: string, size: number): Promise<void> {
  const stream = client.query(copyFrom(`COPY public_signatory (${COLUMNS.join()}) FROM STDIN`));
  const done = new Promise((resolve, reject) => stream.once("finish", resolve).once("error", reject));
  for (let place = 0; place < size; place++) {
    const entry = inventedEntry(place);
    const row: Record<string, unknown> = {
      signature_id: crypto.randomUUID(),
      letter_id: letterId,
      published_at: "2026-11-27T12:00:00Z",
      ...entry,
      ...publicForms({ letterId, ...entry }),
    };
    const line = COLUMNS.map((name) => text(row[name])).join("\t");
    if (!stream.write(`${line}\n`)) await new Promise((resolve) => stream.once("drain", resolve));
  }
  stream.end();
  await done;
}

/** A value as COPY reads it; nothing here holds a tab or a backslash. */
function text(value: unknown): string {
  if (value === null) return "\\N";
  return Array.isArray(value) ? `{${value.join()}}` : String(value);
}
