import pg from "pg";
import { publicForms } from "@/lib/signatories/public-forms";
import { inventedEntry } from "./invented-entries";

const COLUMNS = [
  ...[
    "signature_id",
    "letter_id",
    "published_at",
    "signed_at",
    "section",
    "country",
    "name",
    "affiliation",
    "website",
  ],
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
    for (const [letterId, size] of sizes) await fill(client, letterId, size);
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

/** At a time: more would be a long text of JSON. */
const BATCH = 2_000;

async function fill(client: pg.Client, letterId: string, size: number): Promise<void> {
  const columns = COLUMNS.join();
  for (let first = 0; first < size; first += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, size - first) }, (_, place) => {
      const entry = inventedEntry(first + place);
      return {
        signature_id: crypto.randomUUID(),
        letter_id: letterId,
        published_at: "2026-11-27T12:00:00Z",
        signed_at: new Date(Date.UTC(2026, 0, 1) + (((first + place) * 7_919) % 2_000_000_000)),
        ...entry,
        ...publicForms({ letterId, language: "en", ...entry }),
      };
    });
    await client.query(
      `INSERT INTO public_signatory (${columns})
       SELECT ${columns} FROM json_populate_recordset(NULL::public_signatory, $1::json)`,
      [JSON.stringify(rows)],
    );
  }
}
