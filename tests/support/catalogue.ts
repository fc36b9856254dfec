import { runSql } from "./database";

/** One line per thing that the catalogue of the schema `public` knows, sorted. */
export async function readCatalogue(url: string): Promise<string[]> {
  const rows = await runSql<{ line: string }>(url, CATALOGUE);
  return rows.map(({ line }) => line).sort();
}

const CATALOGUE = `
WITH relations AS (
  SELECT c.oid, c.relname, c.relkind FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'S', 'p')
)
SELECT format('relation %s %s', relkind, relname) AS line FROM relations
UNION ALL
SELECT format('column %s.%s %s%s%s%s', r.relname, a.attname, format_type(a.atttypid, a.atttypmod),
  CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
  CASE WHEN a.attidentity <> '' THEN ' identity ' || a.attidentity::text ELSE '' END
    || CASE WHEN a.attgenerated <> '' THEN ' generated ' || a.attgenerated::text ELSE '' END,
  coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''))
FROM relations r
JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
UNION ALL
SELECT format('index %s', pg_get_indexdef(i.indexrelid))
FROM pg_index i JOIN relations r ON r.oid = i.indrelid
UNION ALL
SELECT format('constraint %s.%s %s', r.relname, k.conname, pg_get_constraintdef(k.oid))
FROM pg_constraint k JOIN relations r ON r.oid = k.conrelid
UNION ALL
SELECT format('enum %s (%s)', t.typname, string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder))
FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
WHERE t.typnamespace = 'public'::regnamespace GROUP BY t.typname
UNION ALL
SELECT format('trigger %s', pg_get_triggerdef(g.oid))
FROM pg_trigger g JOIN relations r ON r.oid = g.tgrelid WHERE NOT g.tgisinternal
UNION ALL
SELECT format('function %s', p.oid::regprocedure)
FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.objid = p.oid AND x.deptype = 'e')
UNION ALL
SELECT format('extension %s', extname) FROM pg_extension WHERE extname <> 'plpgsql'`;
