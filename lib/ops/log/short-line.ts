const LEFT_OUT = new Set(["level", "time", "part", "event", "at"]);

/**
 * A line of the log for a person at a terminal.
 * @param line one JSON line
 */
export function shortLine(line: string): string {
  const fields = JSON.parse(line) as Record<string, unknown>;
  const facts = Object.entries(fields).filter(([name]) => !LEFT_OUT.has(name));
  const said = facts.map(([name, value]) => ` ${name}=${value}`).join("");
  return `${fields.part}: ${fields.event}${said}\n`;
}
