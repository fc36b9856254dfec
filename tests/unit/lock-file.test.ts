import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROJECT } from "@/lib/project-folder";

type Entry = { optionalDependencies?: Record<string, string> };

const { packages } = JSON.parse(readFileSync(join(PROJECT, "package-lock.json"), "utf8")) as {
  packages: Record<string, Entry>;
};

/** Where npm would look for a dependency: beside the package that asks, then further up. */
function isLocked(from: string, name: string): boolean {
  const places = from.split("/node_modules/").map((_, depth, all) => all.slice(0, all.length - depth));
  const paths = places.map((place) => `${place.join("/node_modules/")}/node_modules/${name}`);
  return [...paths, `node_modules/${name}`].some((path) => path in packages);
}

describe("the lock file", () => {
  // `npm ci` refuses a lock without them, and npm leaves out what the registry at hand does not have.
  it("names the packages of every platform", () => {
    const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(from, name)),
    );
    expect(missing).toEqual([]);
  });
});
