import { BOUNDS } from "@/lib/cache/bounds";

/** How many statements a connection keeps prepared; others are planned afresh each time. */
const MOST = BOUNDS["lib/db/statement-names.ts names"].entries;
/** A long one lists many values, and comes in that length only once. */
const LONGEST = 10_000;

/**
 * Names statements by their text, so that a connection plans each of them once.
 * @returns a name, or the empty string for one statement too many, or one that is too long
 */
export function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= MOST || sql.length > LONGEST) return "";
    const name = `s${names.size + 1}`;
    names.set(sql, name);
    return name;
  };
}
