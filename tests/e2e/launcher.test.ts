import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { program } from "@/bin/launch/services";
import { freePort, isFree } from "@/dev/local/ports";
import { type Command, runNode, startCommand } from "../support/launcher";
import { THOROUGH } from "../support/tier";

const READY = "Press Ctrl-C to stop everything.";
let folder = "";
let settings: Record<string, string> = {};
let running: Command;

const letters = async () => (await fetch(`http://localhost:${settings.PORT}/`)).text();
const kept = (file: string) => readFile(join(folder, file), "utf8");

/** The folder of the cluster, which lies elsewhere when root's folders hide this one from PostgreSQL. */
async function cluster(): Promise<string> {
  const elsewhere = await kept("postgres-is-in").catch(() => folder);
  return join(elsewhere.trim(), "postgres");
}

async function databasePort(): Promise<number> {
  return Number((await readFile(join(await cluster(), "postmaster.pid"), "utf8")).split("\n")[3]);
}

describe("npm start on one machine", () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "undersigned-launcher-"));
    await chmod(folder, 0o711);
    const [PORT, MAILBOX_PORT] = [await freePort(), await freePort()].map(String) as [string, string];
    settings = { DATA_DIR: folder, PORT, MAILBOX_PORT, MAILBOX_SMTP_PORT: String(await freePort()) };
    running = startCommand(settings);
    await running.until(READY);
  });
  afterAll(async () => {
    running.child.kill("SIGTERM");
    await running.ended;
    await rm(join(await cluster(), ".."), { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  });

  it("prints where the letter, the mailbox and the admin are, and whom to sign in as", () => {
    const { PORT, MAILBOX_PORT } = settings;
    expect(running.said()).toMatch(new RegExp(`The letter +http://localhost:${PORT}/\\n`));
    expect(running.said()).toMatch(new RegExp(`The mailbox +http://localhost:${MAILBOX_PORT}/\\n`));
    expect(running.said()).toMatch(new RegExp(`The admin +http://localhost:${PORT}/admin\\n`));
    expect(running.said()).toMatch(/Sign in as +admin@example\.org\n/);
  });

  it("shows the sample letter with its headline", async () => {
    expect((await letters()).replace(/<[^>]+>/g, "")).toContain(
      "23 organisations from 5 countries and 16 experts",
    );
  });

  it("keeps its secrets to itself", async () => {
    for (const file of ["encryption-key", "database-password"]) {
      expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
      expect(running.said()).not.toContain((await kept(file)).trim());
    }
  });

  it("shows the mailbox to this machine and to no other website", async () => {
    const mailbox = `http://localhost:${settings.MAILBOX_PORT}`;
    expect((await fetch(mailbox)).status).toBe(200);
    expect((await fetch(`${mailbox}/api/email`, { headers: { origin: "https://evil.test" } })).status).toBe(
      403,
    );
  });

  it("refuses a second start on the same folder in one line", async () => {
    const [PORT, MAILBOX_PORT] = [await freePort(), await freePort()].map(String) as [string, string];
    const second = startCommand({ ...settings, PORT, MAILBOX_PORT });
    expect(await second.ended).toBe(1);
    expect(second.said().trim().split("\n").at(-1)).toContain(`Undersigned is already running on ${folder}`);
  });

  it("lets an operator's command run beside it", async () => {
    const command = runNode(program("command", "recount"), settings);
    expect(await command.ended).toBe(0);
  });

  it.runIf(THOROUGH)("recovers after kill -9 with the same data and the same key", async () => {
    const key = await kept("encryption-key");
    running.child.kill("SIGKILL");
    await running.ended;
    running = startCommand(settings);
    await running.until(READY);
    expect(running.said()).not.toContain("Loading the sample letter");
    expect(await kept("encryption-key")).toBe(key);
    expect(await letters()).toContain("16");
  });

  it("starts again a service that died", async () => {
    const pid = Number((await readFile(join(await cluster(), "postmaster.pid"), "utf8")).split("\n")[0]);
    process.kill(pid, "SIGKILL");
    await running.until("The database stopped unexpectedly. Starting it again.");
    await expect
      .poll(() => fetch(`http://localhost:${settings.PORT}/api/ready`).then(({ ok }) => ok), {
        timeout: 20_000,
      })
      .toBe(true);
  });

  it("stops everything at Ctrl-C", async () => {
    const ports = [settings.PORT, settings.MAILBOX_PORT, settings.MAILBOX_SMTP_PORT, await databasePort()];
    running.child.kill("SIGINT");
    expect(await running.ended).toBe(0);
    for (const port of ports) expect(await isFree(Number(port))).toBe(true);
    expect(existsSync(join(await cluster(), "postmaster.pid"))).toBe(false);
    expect(existsSync(join(folder, "running"))).toBe(false);
  });
});
