import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { freePort } from "@/dev/local/ports";
import { PROJECT } from "@/lib/project-folder";
import { type Command, runNode } from "../support/launcher";

/** `npm run dev`: pages as they are written, and a worker that starts anew when its sources change. */
const SOURCE = join(PROJECT, "bin/worker.ts");
let folder: string;
let running: Command;
let url: string;
let before: string;

beforeAll(async () => {
  before = await readFile(SOURCE, "utf8");
  folder = await mkdtemp(join(tmpdir(), "undersigned-dev-"));
  await chmod(folder, 0o711);
  const [web, mailbox, smtp] = [await freePort(), await freePort(), await freePort()];
  url = `http://localhost:${web}`;
  const ports = { PORT: String(web), MAILBOX_PORT: String(mailbox), MAILBOX_SMTP_PORT: String(smtp) };
  running = runNode(["dist/dev/start.js", "--dev"], { DATA_DIR: folder, LOG_LEVEL: "info", ...ports });
  // The first start compiles what it asks for.
  await vi.waitFor(() => expect(running.said()).toContain("Press Ctrl-C to stop everything."), {
    timeout: 250_000,
  });
});
afterAll(async () => {
  await writeFile(SOURCE, before);
  running.child.kill("SIGTERM");
  await running.ended;
  const elsewhere = await readFile(join(folder, "postgres-is-in"), "utf8").catch(() => "");
  if (elsewhere) await rm(elsewhere.trim(), { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

it("shows the letter", async () => {
  // The first look waits until everything is compiled, longer than the server does.
  const look = () =>
    fetch(url).then(async (response) => (await response.text()).replace(/<[^>]+>/g, ""), String);
  await expect.poll(look, { timeout: 120_000, interval: 1_000 }).toContain("23 organisations");
});

it("starts the worker anew when a file of it has changed", async () => {
  const starts = () => running.said().split("ready to send mail").length - 1;
  await expect.poll(starts, { timeout: 60_000 }).toBe(1);
  await writeFile(SOURCE, `${before}\nvoid "changed";\n`);
  await expect.poll(starts, { timeout: 60_000 }).toBe(2);
});
