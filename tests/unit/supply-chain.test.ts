import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { PROJECT } from "@/lib/project-folder";

const read = (file: string): unknown => JSON.parse(readFileSync(join(PROJECT, file), "utf8"));

const minimums = z
  .array(
    z.strictObject({
      package: z.string().min(1),
      minimum: z.string().regex(/^\d+\.\d+\.\d+$/),
      /** Every copy that npm installs, or only the one that our own code gets. */
      scope: z.enum(["direct", "everywhere"]),
      reason: z.string().min(10),
      source: z.string().regex(/THREATS\.md|^https:\/\//),
    }),
  )
  .parse(read("minimum-versions.json"));

type Locked = {
  version: string;
  integrity?: string;
  optional?: boolean;
  dependencies?: Record<string, string>;
};
const lock = read("package-lock.json") as { packages: Record<string, Locked> };
const own = read("package.json") as Record<"dependencies" | "devDependencies", Record<string, string>>;

const installed = Object.entries(lock.packages)
  .filter(([path]) => path !== "")
  .map(([path, { version, integrity, optional = false }]) => ({
    path,
    name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
    version,
    integrity,
    optional,
  }));

/** Whether a version is at least another; a pre-release comes before its release. */
function atLeast(version: string, minimum: string): boolean {
  const parts = (text: string) => text.split(/[-+]/)[0]?.split(".").map(Number) ?? [];
  const [have, need] = [parts(version), parts(minimum)];
  for (let place = 0; place < 3; place++) {
    const difference = (have[place] ?? 0) - (need[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return !version.includes("-");
}

it("nothing is installed that is older than its last known mending", () => {
  const copies = minimums.flatMap(({ package: name, minimum, scope }) => {
    const found = installed.filter((one) => one.name === name);
    const looked = scope === "direct" ? found.filter(({ path }) => path === `node_modules/${name}`) : found;
    return looked.map((one) => ({ ...one, minimum }));
  });
  const tooOld = copies.filter(({ version, minimum }) => !atLeast(version, minimum));
  expect(tooOld.map(({ path, version, minimum }) => `${path} ${version} < ${minimum}`)).toEqual([]);
  const absent = minimums.filter(({ package: name }) => !copies.some((one) => one.name === name));
  expect(absent.map((one) => one.package)).toEqual([]);
});

it("versions are compared by their numbers", () => {
  expect(atLeast("10.0.0", "9.9.9")).toBe(true);
  expect(atLeast("1.2.3", "1.2.3")).toBe(true);
  expect(atLeast("1.2.3-beta.1", "1.2.3")).toBe(false);
  expect(atLeast("1.10.0", "1.9.5")).toBe(true);
  expect(atLeast("1.9.5", "1.10.0")).toBe(false);
});

it("every version of ours is exact, and every package is locked by its content", () => {
  const wanted = Object.entries({ ...own.dependencies, ...own.devDependencies });
  expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version))).toEqual([]);
  const differing = wanted.filter(
    ([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version,
  );
  expect(differing).toEqual([]);
  // The registry at hand did not have every other platform's programs: those stand without a hash.
  const loose = installed.filter(({ integrity, optional }) => !optional && !integrity?.startsWith("sha512-"));
  expect(loose.map(({ path }) => path)).toEqual([]);
});

const bom = z.object({
  bomFormat: z.literal("CycloneDX"),
  specVersion: z.string().regex(/^1\.\d$/),
  serialNumber: z.string().regex(/^urn:uuid:[\da-f-]{36}$/),
  version: z.number().int().min(1),
  metadata: z.object({ component: z.object({ type: z.literal("application"), purl: z.string() }) }),
  components: z.array(
    z.object({
      type: z.string(),
      name: z.string(),
      version: z.string(),
      purl: z.string().startsWith("pkg:npm/"),
      "bom-ref": z.string(),
      hashes: z
        .array(z.object({ alg: z.literal("SHA-512"), content: z.string().regex(/^[\da-f]{128}$/) }))
        .optional(),
    }),
  ),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()).default([]) })),
});

it("npm run sbom lists everything that is installed, and nothing else", () => {
  const { stdout } = spawnSync("npm", ["run", "--silent", "sbom"], { cwd: PROJECT, encoding: "utf8" });
  const { components, dependencies, metadata } = bom.parse(JSON.parse(stdout));
  expect(metadata.component.purl).toMatch(/^pkg:npm\/undersigned@/);
  const listed = new Set(components.map(({ name, version }) => `${name}@${version}`));
  expect([...listed].sort()).toEqual(
    [...new Set(installed.map(({ name, version }) => `${name}@${version}`))].sort(),
  );
  const refs = new Set(components.map((component) => component["bom-ref"]));
  const dangling = dependencies.flatMap(({ dependsOn }) => dependsOn.filter((ref) => !refs.has(ref)));
  expect(dangling).toEqual([]);
});
