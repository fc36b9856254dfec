/**
 * A value that a process has once, though the server and Next's bundles load a file apart from each other, and hot reload
 * loads it again and again.
 */
export function processWide<T>(name: string, make: () => T): T {
  const values = globalThis as { [name: symbol]: T | undefined };
  const key = Symbol.for(`undersigned.${name}`);
  values[key] ??= make();
  return values[key];
}
