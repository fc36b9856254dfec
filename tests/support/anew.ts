import { readFileSync } from "node:fs";
import { afterAll, expect, vi } from "vitest";

// Vitest's worker keeps what it has loaded from file to file, which is most of a file's start. Packages are kept always;
// modules of ours are from one integration file to the next, unless it replaces modules, settings or limits.
const ALTERS =
  /\bvi\.(?:mock|stubEnv)\(|\bprocess\.env\.\w+ = |LIMITS\.\w+\.\w+ = | as \{[^}]*\}\)\.\w+ = |Object\.assign\(\w*LIMITS/;

/** What `own-database.ts` sets for all files alike, and a package for itself. */
const OF_WORKER = new Set(["DATABASE_URL", "STATE_DIR", "VIPSHOME"]);

type Slots = { [slot: symbol]: unknown };
type Ends = { $disconnect?(): Promise<void>; end?(): Promise<void> };
const values = globalThis as Slots;
const settings = { ...process.env };
const file = expect.getState().testPath ?? "";

/** Modules of ours are loaded again, and what `processWide` kept ends, other than a package's engine. */
async function beginAnew(): Promise<void> {
  vi.resetModules();
  const ends = (name: string) => values[Symbol.for(`undersigned.${name}`)] as Ends | undefined;
  await ends("db")?.$disconnect?.();
  await ends("rate-limit")?.end?.();
  for (const slot of Object.getOwnPropertySymbols(values))
    if (/^undersigned\.(?!schema-engine$)/.test(slot.description ?? "")) delete values[slot];
}

/** @returns the names of settings that the file has left otherwise than they were */
function putBackSettings(): string[] {
  const names = new Set([...Object.keys(settings), ...Object.keys(process.env)]);
  const altered = [...names].filter((name) => settings[name] !== process.env[name] && !OF_WORKER.has(name));
  for (const name of altered) delete process.env[name];
  Object.assign(process.env, settings);
  return altered;
}

if (!file.includes("/tests/integration/") || ALTERS.test(readFileSync(file, "utf8"))) {
  await beginAnew();
  afterAll(async () => {
    await beginAnew();
    putBackSettings();
  });
} else {
  afterAll(() => expect(putBackSettings(), "settings that the next file would not expect").toEqual([]));
}
