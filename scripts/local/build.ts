import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withFileLock } from "../file-lock.mjs";
import { PROJECT } from "./data-folder";
import { say, step } from "./progress";
import { hashSources, readStamp } from "./stamp";
import { StartError } from "./start-error";

const CLIENT_SOURCES = ["prisma/schema.prisma", "prisma.config.ts", "package-lock.json"];
const PAGE_SOURCES = [
  "app",
  "emails",
  "lib",
  "messages",
  "public",
  "prisma/schema.prisma",
  "instrumentation-client.ts",
  "next.config.ts",
  "tsconfig.json",
  "package-lock.json",
];
const CLIENT_STAMP = "prisma/generated/.stamp";
const BUILD_STAMP = ".next/undersigned-build";

/** Prisma's client and Next's build, each made only when its sources have changed since. */
export async function buildIfStale(): Promise<void> {
  await generateIfStale();
  await once(
    "build",
    BUILD_STAMP,
    () => hashSources(PAGE_SOURCES, /^lib\/cli\//),
    async () => {
      const started = Date.now();
      await step("Building the pages, once", () => runTool("next", ["build"], { NODE_ENV: "production" }));
      say(`Built in ${Math.round((Date.now() - started) / 1000)} s.`);
    },
  );
}

/** Prisma's client, without which nothing type-checks or runs. */
export async function generateIfStale(): Promise<void> {
  await once(
    "generate",
    CLIENT_STAMP,
    () => hashSources(CLIENT_SOURCES),
    () => step("Generating the database client", () => runTool("prisma", ["generate"])),
  );
}

async function once(
  name: string,
  stamp: string,
  hash: () => string,
  make: () => Promise<void>,
): Promise<void> {
  if (readStamp(stamp) === hash()) return;
  const waiting = () => say("Another command is building; waiting for it …");
  await access(PROJECT, constants.W_OK).catch(() => {
    throw new StartError(
      `The folder ${PROJECT} cannot be written to: change its owner, or clone into your own.`,
    );
  });
  await withFileLock(
    join(PROJECT, `.data/${name}.lock`),
    async () => {
      const today = hash();
      if (readStamp(stamp) === today) return;
      await rm(join(PROJECT, stamp), { force: true });
      await make();
      await writeFile(join(PROJECT, stamp), today);
    },
    waiting,
  );
}

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
