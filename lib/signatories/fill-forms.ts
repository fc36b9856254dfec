import type pg from "pg";
import { publicForms } from "@/lib/signatories/public-forms";

const BATCH = 1_000;
const FIRST = "00000000-0000-0000-0000-000000000000";

type Row = Parameters<typeof publicForms>[0] & { id: string };

/**
 * Makes the forms by which entries of the public list are sorted and found: of those that a migration left without, or of
 * all, where this version makes them otherwise. Batch by batch, while others go on.
 * @returns of how many
 */
export async function fillForms(client: pg.ClientBase, which: "missing" | "all"): Promise<number> {
  const wanted = which === "missing" ? "search_text IS NULL" : "true";
  let done = 0;
  for (let after = FIRST; ; ) {
    await client.query("BEGIN");
    // What the engine writes at this moment, it writes with its forms.
    const { rows } = await client.query<Row>(
      `SELECT p.id, letter_id AS "letterId", l.locale AS language, section, country, name, sort_name AS "sortName", affiliation, website
       FROM public_signatory p JOIN letter l ON l.id = letter_id
       WHERE p.id > $1 AND ${wanted} ORDER BY p.id LIMIT ${BATCH} FOR UPDATE OF p SKIP LOCKED`,
      [after],
    );
    const forms = rows.map(({ id, ...entry }) => ({ id, ...publicForms(entry) }));
    await client.query(
      `UPDATE public_signatory p SET sort_key = v.sort_key, search_text = v.search_text, search_grams = v.search_grams,
         skeleton = v.skeleton, site_skeleton = v.site_skeleton, near_keys = v.near_keys
       FROM jsonb_to_recordset($1::jsonb) AS v(id uuid, sort_key text, search_text text, search_grams int[], skeleton text,
         site_skeleton text, near_keys int[]) WHERE p.id = v.id`,
      [JSON.stringify(forms)],
    );
    await client.query("COMMIT");
    done += rows.length;
    const last = rows.at(-1);
    if (!last) return done;
    after = last.id;
  }
}
