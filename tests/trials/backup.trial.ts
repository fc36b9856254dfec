import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { program } from "@/bin/launch/services";
import { restoreBackup } from "@/lib/ops/backup/restore-backup";
import { SAMPLE_EXPERTS } from "@/prisma/sample/signatories";
import { type App, startApp } from "../support/app";
import { backupFolder } from "../support/backups";
import { createDatabase, EMPTY_TEMPLATE, type OwnDatabase, runSql } from "../support/database";
import { runNode } from "../support/launcher";
import { linkIn } from "../support/mailbox";
import { ticked } from "../support/ticked";
import { THOROUGH } from "../support/tier";

let folder: Awaited<ReturnType<typeof backupFolder>>;
let source: App;
let copy: App;
let target: OwnDatabase;

const READ = [
  "/",
  "/ar",
  "/letters/uyghurs",
  "/letters/uyghurs/signatories",
  "/letters/uyghurs/signatories?kind=individual&page=1",
  "/api/v1/letters/uyghurs",
  "/api/v1/letters/uyghurs/signatories?limit=200",
];

/** Runs one of our commands to its end. */
async function run(name: string, args: string[], environment: Record<string, string>) {
  const command = runNode(program(name, ...args), environment);
  return { code: await command.ended, said: command.said() };
}

function post(app: App, path: string, fields: Record<string, string>) {
  const headers = { origin: app.url };
  return fetch(app.url + path, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers,
    redirect: "manual",
  });
}

async function sign(app: App, email: string): Promise<void> {
  const fields = { fullName: "Ada Exampleton", email, country: "GB", visibility: "public", consent: "on" };
  const { status } = await post(app, "/letters/uyghurs/sign?as=individual", { form: "sign", ...fields });
  expect(status).toBe(303);
}

/** What readers get, the site's own address apart. */
async function read(app: App): Promise<string[]> {
  const texts = READ.map(async (path) => (await fetch(app.url + path)).text());
  // Next leaves this tag out of some renderings.
  const varying = '<meta name="next-size-adjust" content=""/>';
  return (await Promise.all(texts)).map((text) =>
    text
      .replaceAll(app.url, "https://letters.test")
      // In the links by which a letter is passed on.
      .replaceAll(encodeURIComponent(app.url), "letters.test")
      .replace(varying, ""),
  );
}

const confirmPath = async (app: App, email: string) =>
  new URL(linkIn(await app.mailbox.waitFor(email), "/confirm")).pathname;

const states = (url: string) =>
  runSql(url, "SELECT state::text, count(*)::int FROM signature GROUP BY 1 ORDER BY 1");

beforeAll(async () => {
  folder = await backupFolder();
  source = await startApp();
});

afterAll(async () => {
  await source?.stop();
  await copy?.stop();
  await target?.drop();
  await folder.remove();
});

describe("a restored copy of an external database", () => {
  it("serves the same letter and list, confirms links mailed before, and sends the mails that waited", async () => {
    await sign(source, "pending@example.org");
    const path = await confirmPath(source, "pending@example.org");
    await source.killWorker();
    await sign(source, "waiting@example.org");
    const before = await read(source);
    const file = folder.file("backup.tar.gz");
    expect(await run("backup", [file], source.environment)).toMatchObject({ code: 0 });

    target = await createDatabase(inject("postgres"), EMPTY_TEMPLATE);
    const environment = { ...source.environment, DATABASE_URL: target.url };
    expect(await run("restore", [file], environment)).toMatchObject({ code: 0 });
    expect(await states(target.url)).toEqual(await states(source.databaseUrl));

    copy = await startApp({ environment: { DATABASE_URL: target.url }, worker: false });
    expect(await read(copy)).toEqual(before);
    const page = await fetch(copy.url + path);
    expect(page.status).toBe(200);
    expect((await post(copy, path, ticked(await page.text()) ?? {})).status).toBe(303);
    expect(
      (await states(target.url)).filter((state) => JSON.stringify(state).includes("VERIFIED")),
    ).not.toEqual([]);
    await copy.startWorker();
    expect(await confirmPath(copy, "waiting@example.org")).not.toBe(path);
    expect(await copy.mailbox.listTo("pending@example.org")).toEqual([]);
    await sign(copy, "new@example.org");
    await copy.mailbox.waitFor("new@example.org");

    if (!THOROUGH) return;
    expect(await run("recount", [], environment)).toMatchObject({ code: 0 });
    // Of a copy no head has been noted: its chain holds, and nothing shows that none was cut off (2).
    const verified = await run("audit", ["verify"], environment);
    expect(verified.said).toContain("links hold");
    expect(verified.said).not.toContain("BROKEN");
  });

  it.runIf(THOROUGH)(
    "ends without those who were erased since, before its first answer, whoever restored it",
    async () => {
      const name = SAMPLE_EXPERTS[0]?.name ?? "";
      const list = "/letters/uyghurs/signatories?kind=individual&page=1";
      const listed = async (app: App) => (await fetch(app.url + list)).text();
      expect(await listed(source)).toContain(name);
      const withdraw = ["expert-1@university.example.org", "--all"];
      const withdrawn = await run("withdraw", withdraw, source.environment);
      expect(withdrawn).toMatchObject({ code: 0, said: expect.stringContaining("deleted: 1") });

      // As pg_restore would: nothing of ours has looked at it before it serves.
      const raw = await createDatabase(inject("postgres"), EMPTY_TEMPLATE);
      await restoreBackup(raw.url, folder.file("backup.tar.gz"), new Date());
      const { STATE_DIR = "" } = source.environment;
      const restored = await startApp({ environment: { DATABASE_URL: raw.url, STATE_DIR }, worker: false });
      try {
        expect(await listed(restored)).not.toContain(name);
      } finally {
        await restored.stop();
        await raw.drop();
      }

      const own = await createDatabase(inject("postgres"), EMPTY_TEMPLATE);
      const environment = { ...source.environment, DATABASE_URL: own.url };
      const command = await run("restore", [folder.file("backup.tar.gz")], environment);
      await own.drop();
      expect(command).toMatchObject({ code: 0, said: expect.stringContaining("deleted again: 1") });
    },
  );

  it.runIf(THOROUGH)("is no place to restore into again, and another key opens nothing", async () => {
    const file = folder.file("backup.tar.gz");
    const environment = { ...source.environment, DATABASE_URL: target.url };
    const again = await run("restore", [file], environment);
    expect(again).toMatchObject({ code: 1, said: expect.stringContaining("not empty") });
    const other = { ...environment, ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64") };
    const locked = await run("restore", [file], other);
    expect(locked).toMatchObject({ code: 1, said: expect.stringContaining("another ENCRYPTION_KEY") });
    const missing = await run("restore", [folder.file("none")], environment);
    expect(missing).toMatchObject({ code: 1, said: expect.stringContaining("cannot be read") });
    const withKey = await run("backup", ["--with-key"], environment);
    expect(withKey).toMatchObject({ code: 1, said: expect.stringContaining("npm run backup -- FILE") });
  });
});

describe.runIf(THOROUGH)("the database of npm start", () => {
  const command = (name: string, args: string[], data: string) =>
    run("command", [name, ...args], { DATA_DIR: folder.file(data) });

  // A folder that PostgreSQL's own account does not reach keeps its cluster elsewhere.
  afterAll(async () => {
    for (const data of ["first", "second"]) {
      const elsewhere = await readFile(folder.file(`${data}/postgres-is-in`), "utf8").catch(() => "");
      if (elsewhere) await rm(elsewhere.trim(), { recursive: true, force: true });
    }
  });

  it("goes into a file and comes back in another folder that has the key, and in no other", async () => {
    const file = folder.file("local.tar.gz");
    expect(await command("backup", [file], "first")).toMatchObject({ code: 0 });

    await mkdir(folder.file("second"));
    const locked = await command("restore", [file], "second");
    expect(locked).toMatchObject({ code: 1, said: expect.stringContaining("another ENCRYPTION_KEY") });

    await copyFile(folder.file("first/encryption-key"), folder.file("second/encryption-key"));
    const restored = await command("restore", [file], "second");
    expect(restored).toMatchObject({ code: 0, said: expect.stringContaining("Restored as it was") });
    const counted = await command("recount", [], "second");
    expect(counted).toMatchObject({ code: 0, said: expect.stringContaining("The counts are right") });

    const again = await command("restore", [file], "second");
    expect(again).toMatchObject({ code: 1, said: expect.stringContaining("already has a database") });
  });
});
