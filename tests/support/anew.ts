import { afterAll, vi } from "vitest";

// Vitest's worker keeps packages loaded from file to file, which is most of a file's start; every module of ours begins
// anew, and the file's settings and what `processWide` kept end with it.
vi.resetModules();
const settings = { ...process.env };

type Slots = { [slot: symbol]: unknown };
type Ends = { $disconnect?(): Promise<void>; end?(): Promise<void> };
const values = globalThis as Slots;

/** A package's engine stays with its package. */
function forgetSlots(): void {
  for (const slot of Object.getOwnPropertySymbols(values))
    if (/^undersigned\.(?!schema-engine$)/.test(slot.description ?? "")) delete values[slot];
}

// What a test of the file before left running, as when it was out of time, may have opened its database again.
forgetSlots();

afterAll(async () => {
  const ends = (name: string) => values[Symbol.for(`undersigned.${name}`)] as Ends | undefined;
  await ends("db")?.$disconnect?.();
  await ends("rate-limit")?.end?.();
  forgetSlots();
  for (const name of Object.keys(process.env)) if (!(name in settings)) delete process.env[name];
  Object.assign(process.env, settings);
});
