/** How many statements a connection keeps prepared; others are planned afresh each time. */
const MOST = 500;

/**
 * Names statements by their text, so that a connection plans each of them once.
 * @returns a name, or the empty string for one statement too many
 */
export function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= MOST) return "";
    const name = `s${names.size + 1}`;
    names.set(sql, name);
    return name;
  };
}
