import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, it, onTestFailed } from "vitest";
import { freePort } from "@/dev/local/ports";
import { db } from "@/lib/db/client";
import { within } from "@/lib/http/deadline";
import { PROJECT } from "@/lib/project-folder";
import { commandOf, deployed, makeDeployedDatabase, settingsOf, variablesIn } from "../support/deployment";
import { openLetter } from "../support/letters";
import { type OwnCluster, startOwnCluster } from "../support/own-cluster";
import { individualForm } from "../support/post";

const UNITS = ["undersigned-web.service", "undersigned-worker.service"];
/** A bound for what never comes; all steps together take 7 s on a quiet machine. */
const STEP_MS = 40_000;
const SITE = "https://letters.example";
const received: string[] = [];
const running: { child: ChildProcess; ended: Promise<number | null> }[] = [];
let cluster: OwnCluster;
let folder: string;
let filled: Record<string, Record<string, string>>;
let web: string;

const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS", "AUTH"],
  onData(stream, session, callback) {
    received.push(...session.envelope.rcptTo.map(({ address }) => address));
    stream.resume().on("end", callback);
  },
});

/** What systemd would give a unit's process: the variables of its files, the last file's first, and nothing of ours. */
function environmentOf(unit: string): NodeJS.ProcessEnv {
  const files = settingsOf(unit, "EnvironmentFile").map(
    (path) => filled[path.replace("/etc/undersigned/", "")],
  );
  const fixed = variablesIn(settingsOf(unit, "Environment").join("\n"));
  return Object.assign({ PATH: "/usr/bin:/bin" }, fixed, ...files);
}

function start(unit: string): void {
  const [program = "", ...args] = commandOf(unit);
  const journal = openSync(journalOf(unit), "w");
  const child = spawn(join(PROJECT, program), args, {
    cwd: PROJECT,
    env: environmentOf(unit),
    stdio: ["ignore", journal, journal],
  });
  // From the start: one that ends by itself is told from one that hangs.
  running.push({ child, ended: new Promise((resolve) => child.once("exit", resolve)) });
}

const journalOf = (unit: string) => join(folder, `${unit}.log`);

/** A step that hangs is named, and its processes' last words shown, well before the test's own time is over. */
const step = <T>(name: string, work: Promise<T>) =>
  within(STEP_MS, work).catch((error: unknown) => Promise.reject(new Error(name, { cause: error })));

beforeAll(async () => {
  cluster = await startOwnCluster();
  const urls = await makeDeployedDatabase(cluster.url);
  folder = await mkdtemp(join(tmpdir(), "undersigned-deployed-"));
  const [port, mailPort] = [await freePort(), await freePort()];
  await new Promise<void>((resolve) => smtp.listen(mailPort, "127.0.0.1", resolve));
  web = `http://127.0.0.1:${port}`;
  const changes = {
    PUBLIC_URL: SITE,
    ADMIN_EMAILS: "owner@example.org",
    MAIL_FROM: "letters@example.org",
    SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
    DATABASE_URL: urls.program,
    ENCRYPTION_KEY: String(process.env.ENCRYPTION_KEY),
    PORT: String(port),
    STATE_DIR: join(folder, "state"),
  };
  filled = {
    env: { ...variablesIn(deployed("env")), ...changes },
    "owner-env": { DATABASE_URL: urls.owner },
  };
  process.env.DATABASE_URL = urls.program;
});
afterAll(async () => {
  for (const { child } of running) child.kill("SIGKILL");
  await db.$disconnect();
  await new Promise<void>((resolve) => smtp.close(resolve));
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
});

it("runs by the commands of its units: migrated by one role, run by another, behind a proxy", async () => {
  const [program = "", ...args] = commandOf("undersigned-migrate.service");
  const migrated = () =>
    spawnSync(join(PROJECT, program), args, {
      cwd: PROJECT,
      env: environmentOf("undersigned-migrate.service"),
      encoding: "utf8",
    });
  expect(migrated()).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Applied /) });
  // Interrupted or not, it can be started again.
  expect(migrated()).toMatchObject({ status: 0, stdout: "The database is up to date.\n" });

  const { slug } = await step("publish", openLetter({}, new Date()));
  UNITS.forEach(start);
  const written = () => UNITS.map((unit) => readFileSync(journalOf(unit), "utf8")).join("\n");
  onTestFailed(() => console.error(written()));
  const signal = () => AbortSignal.timeout(5_000);
  const isReady = () =>
    fetch(`${web}/api/ready`, { signal: signal() }).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(isReady, { timeout: STEP_MS }).toBe(true);
  // A compiler would unpack itself to a file, for which a container has no place.
  expect(readFileSync(`/proc/${running[0]?.child.pid}/maps`, "utf8")).not.toMatch(/swc/);
  const answer = await fetch(`${web}/letters/${slug}/sign?as=individual`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: SITE, "x-forwarded-for": "203.0.113.9" },
    body: new URLSearchParams(individualForm("ada@mail.example")),
    signal: signal(),
  });
  expect(answer.status).toBe(303);
  expect(answer.headers.get("referrer-policy")).toBe("strict-origin");
  await expect.poll(() => received, { timeout: STEP_MS }).toEqual(["ada@mail.example"]);

  // As systemd ends them.
  for (const { child } of running) child.kill("SIGTERM");
  const codes = running.map(({ ended }) => ended);
  expect(await step("stop", Promise.all(codes))).toEqual([0, 0]);
});
