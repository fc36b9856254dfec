import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { program, runService } from "@/bin/launch/services";
import { freePort } from "@/dev/local/ports";
import { runNode, startCommand } from "../support/launcher";
import { cases } from "../support/tier";

let folder = "";
const busy = createServer();

/** The lines that a start says before it gives up with exit code 1. */
async function refusal(settings: Record<string, string>): Promise<string[]> {
  const command = startCommand({ DATA_DIR: join(folder, "data"), ...settings });
  expect(await command.ended).toBe(1);
  return command.said().trim().split("\n");
}

describe("a start that cannot be", () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "undersigned-refusal-"));
    await chmod(folder, 0o711);
    await new Promise<void>((resolve) => busy.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    busy.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(["PORT", "MAILBOX_PORT"])("names a busy %s and how to choose another", async (name) => {
    const { port } = busy.address() as { port: number };
    const others = { PORT: String(await freePort()), MAILBOX_PORT: String(await freePort()) };
    const lines = await refusal({ ...others, [name]: String(port) });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^Port ${port} is busy.*${name}=\\d+ npm start$`));
  });

  it("takes nothing that answers at its address for itself", async () => {
    const other = createHttpServer((_, response) => response.end("{}"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as { port: number };
    const dying = ["-e", "setTimeout(() => process.exit(1), 1_500)"];
    const readyAt = `http://127.0.0.1:${port}/`;
    const { ready } = runService({ name: "web app", command: dying, env: process.env, readyAt });
    await expect(ready).rejects.toThrow("The web app did not start.");
    other.close();
  });

  it("says in one line that the mailbox’s port was taken meanwhile", async () => {
    const { port } = busy.address() as { port: number };
    const taken = [
      [port, await freePort()],
      [await freePort(), port],
    ];
    for (const ports of cases(taken)) {
      const mailbox = runNode(program("dev/mailbox", ...ports.map(String), join(folder, "mail")), {});
      expect(await mailbox.ended).toBe(1);
      expect(mailbox.said().trim().split("\n")).toEqual([expect.stringContaining(`Port ${port} is taken`)]);
    }
  });

  it("ends also where nobody reads what it says", async () => {
    const file = join(folder, "unread");
    await writeFile(file, "");
    const command = runNode(program("command", "backup", file), { DATA_DIR: join(file, "data") });
    command.child.stdout?.destroy();
    command.child.stderr?.destroy();
    expect(await command.ended).toBe(1);
  });

  it("names a port that is none", async () => {
    expect(await refusal({ PORT: "80a" })).toEqual(['PORT must be a port from 1 to 65535, not "80a".']);
  });

  it("names a data folder that it cannot write to", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    const lines = await refusal({ DATA_DIR: join(file, "data") });
    expect(lines).toEqual([
      `We can’t write to the data folder ${join(file, "data")}. Set DATA_DIR to a folder of your own.`,
    ]);
  });

  it("lists at once everything that a production start lacks", async () => {
    const lines = await refusal({
      DATABASE_URL: "mysql://u:hush@db/x",
      PUBLIC_URL: "letters",
      PORT: "99999",
    });
    const named = lines.slice(1).map((line) => line.trim().split(":")[0]);
    const lacking = [
      "DATABASE_URL",
      "ENCRYPTION_KEY",
      "MAIL_FROM",
      "PORT",
      "PUBLIC_URL",
      "RESEND_API_KEY or SMTP_URL",
    ];
    expect(named.map((name) => name?.replace(/^- /, "")).sort()).toEqual(lacking);
    expect(lines.join()).not.toContain("hush");
  });

  it("says how to name the proxy that speaks TLS, and takes none for an answer", async () => {
    const settings = {
      DATABASE_URL: "postgresql://user@127.0.0.1:1/letters",
      PUBLIC_URL: "https://letters.example.org",
      ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
      MAIL_FROM: "letters@example.org",
      SMTP_URL: "smtp://127.0.0.1:1",
    };
    const [, ...lines] = await refusal(settings);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /TRUSTED_PROXIES: is missing. Set it to .*proxy.*. Set it to none if there is no proxy$/,
    );
    expect((await refusal({ ...settings, TRUSTED_PROXIES: "none" })).join()).not.toContain("TRUSTED_PROXIES");
  });

  it("says in one line that the database of a production start does not answer", async () => {
    const command = startCommand({
      DATABASE_URL: "postgresql://user:hush@127.0.0.1:1/letters",
      PUBLIC_URL: "https://letters.example.org",
      TRUSTED_PROXIES: "none",
      ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
      MAIL_FROM: "letters@example.org",
      SMTP_URL: "smtp://user:hush@127.0.0.1:1",
    });
    expect(await command.ended).toBe(1);
    expect(command.said()).toMatch(
      /^We can’t reach the database at 127\.0\.0\.1:1 \(ECONNREFUSED\)\. Check DATABASE_URL\.$/m,
    );
    expect(command.said()).not.toContain("hush");
    expect(command.said()).not.toMatch(/^\s+at /m);
  });

  it("says in one line that Node is too old", async () => {
    const code = `Object.defineProperty(process, "versions", { value: { node: "20.8.1" } });
      await import("./bin/prepare.mjs");`;
    const command = runNode(["--input-type=module", "--eval", code], {});
    expect(await command.ended).toBe(1);
    expect(command.said().trim().split("\n")).toHaveLength(1);
    expect(command.said()).toContain("needs Node 20.9 or newer. This is 20.8.1");
  });
});
