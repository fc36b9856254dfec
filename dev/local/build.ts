import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { isBuilt, type Part, stamped } from "../../bin/build-stamps.mjs";
import { withFileLock } from "../../bin/file-lock.mjs";
import { explain, say, step } from "../../bin/launch/progress.ts";
import { StartError } from "../../bin/launch/start-error.ts";
import { PROJECT } from "../../lib/project-folder.ts";

/** From here on Node reads the TypeScript of which `next.config.mjs` imports two files. */
const NODE = [22, 18] as const;

/** Prisma's client and the programs of `dist/`, each made only when its sources have changed since. */
export async function buildPrograms(): Promise<void> {
  await ifStale("client", () =>
    step("Generating the database client", () => runTool("prisma", ["generate"])),
  );
  await ifStale("programs", bundle);
}

/** Everything: the programs and Next's pages. */
export async function buildAll(): Promise<void> {
  await buildPrograms();
  await ifStale("pages", async () => {
    const started = Date.now();
    await step("Building the pages (only this once)", () =>
      runTool("next", ["build"], { NODE_ENV: "production" }),
    );
    say(`Built in ${Math.round((Date.now() - started) / 1000)} s.`);
  });
}

/** Makes everything, and notes in a file that it is made, or what went wrong. */
export async function buildAndNote(file: string): Promise<void> {
  const problem = await buildAll().then(() => "", explain);
  await writeFile(file, problem);
}

async function ifStale(part: Part, make: () => Promise<void>): Promise<void> {
  if (isBuilt(part)) return;
  await access(PROJECT, constants.W_OK).catch(() => {
    throw new StartError(
      `We can’t write to the folder ${PROJECT}. Change its owner, or clone into a folder of your own.`,
    );
  });
  const waiting = () => say("Another command is building. Waiting for it …");
  const makeIfStill = async () => {
    if (!isBuilt(part)) await stamped(part, make);
  };
  await withFileLock(lockOf(part), makeIfStill, waiting);
}

const lockOf = (part: Part) => join(PROJECT, `.data/build-${part}.lock`);

/** Types of routes and of everything, while no build writes into the same folder. @throws StartError with what is wrong */
export async function checkTypes(): Promise<void> {
  const check = async () => {
    await runTool("next", ["typegen"]);
    await runTool("tsc", ["--noEmit"]);
  };
  await withFileLock(lockOf("pages"), check, () => undefined);
}

/** Writes `dist/` anew. */
async function bundle(): Promise<void> {
  const names = await programNames();
  await rm(join(PROJECT, "dist"), { recursive: true, force: true });
  await build(bundleOptions(names));
  await mkdir(join(PROJECT, "dist/dev"));
  for (const name of names) await writeFile(join(PROJECT, `dist/${name}.js`), doorTo(name));
}

/** Every file of `bin` and `dev` that is no folder: `web`, `dev/start` … */
async function programNames(): Promise<string[]> {
  const list = async (folder: string, prefix: string) =>
    (await readdir(join(PROJECT, folder)))
      .filter((name) => name.endsWith(".ts"))
      .map((name) => prefix + name.slice(0, -3));
  return [...(await list("bin", "")), ...(await list("dev", "dev/"))];
}

/** How esbuild makes the programs; packages stay in node_modules. */
export function bundleOptions(names: string[]): BuildOptions {
  const source = (name: string) => (name.startsWith("dev/") ? `${name}.ts` : `bin/${name}.ts`);
  return {
    absWorkingDir: PROJECT,
    entryPoints: names.map((name) => ({ in: source(name), out: `programs/${name}` })),
    outdir: "dist",
    chunkNames: "programs/parts/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: `node${NODE.join(".")}`,
    packages: "external",
    plugins: [takeInJson],
    sourcemap: true,
    sourcesContent: false,
    logLevel: "silent",
  };
}

/** Node would not import a package's JSON as the sources do. */
const takeInJson: Plugin = {
  name: "take-in-json",
  setup({ onResolve }) {
    const { resolve } = createRequire(join(PROJECT, "package.json"));
    onResolve({ filter: /^[^.@/].*\.json$/ }, ({ path }) => ({ path: resolve(path) }));
  },
};

/** Node links a whole program before it runs any of it, so its version is checked outside. */
const doorTo = (name: string) => `const [major, minor] = process.versions.node.split(".").map(Number);
if (major < ${NODE[0]} || (major === ${NODE[0]} && minor < ${NODE[1]})) {
  console.error("Undersigned needs Node ${NODE.join(".")} or newer, and this is " + process.versions.node + ".");
  process.exit(1);
}
await import("${name.includes("/") ? ".." : "."}/programs/${name}.js");
`;

/** Runs a tool of node_modules quietly. @throws StartError with all that it said, when it fails */
export function runTool(tool: string, args: string[], extra: Record<string, string> = {}): Promise<void> {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1", ...extra };
  const child = spawn(join(PROJECT, "node_modules/.bin", tool), args, { cwd: PROJECT, env });
  const said: Buffer[] = [];
  child.stdout.on("data", (chunk) => said.push(chunk));
  child.stderr.on("data", (chunk) => said.push(chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) return resolve();
      reject(
        new StartError(`${Buffer.concat(said).toString().trim()}\n\`${tool} ${args.join(" ")}\` failed.`),
      );
    });
  });
}
