/** What a command tells the person who typed it. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A step that may take a while: named before it begins. */
export async function step<T>(name: string, act: () => Promise<T>): Promise<T> {
  say(`${name} …`);
  return act();
}

/** Failures that a person can mend end in their line; anything else keeps its stack trace. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = error.name === "StartError" || error.name === "ConfigurationError";
  return known ? error.message : (error.stack ?? error.message);
}
