import { readFile, stat, writeFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { PgBoss } from "pg-boss";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { db } from "@/lib/db/client";
import { migrationNames } from "@/lib/db/migrations-folder";
import { enqueueBulkAction } from "@/lib/jobs/queue";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { makeBackup } from "@/lib/ops/backup/make-backup";
import { restoreBackup } from "@/lib/ops/backup/restore-backup";
import { signLetter } from "@/lib/signatures/sign-letter";
import { linkAll } from "../support/audit-links";
import { backupFolder, changedArchive, refusalOf } from "../support/backups";
import {
  createDatabase,
  dumpDatabase,
  EMPTY_TEMPLATE,
  type OwnDatabase,
  runSql,
  TEMPLATE,
} from "../support/database";
import { individual, NOW, openLetter, organisation } from "../support/letters";
import { moderator, waitingSignature } from "../support/moderators";

const CANARY = "addresscanary";
const url = () => process.env.DATABASE_URL ?? "";
const made: OwnDatabase[] = [];
let folder: Awaited<ReturnType<typeof backupFolder>>;
let archive: string;

async function database(template = EMPTY_TEMPLATE): Promise<OwnDatabase> {
  const own = await createDatabase(inject("postgres"), template);
  made.push(own);
  return own;
}

/** What a backup holds of a database: every row but those of a moment's, and the restore's own audit entry. */
async function contents(of: string): Promise<string[]> {
  const lines = (await dumpDatabase(of)).split("\n");
  const kept: string[] = [];
  let table = "";
  for (const line of lines) {
    if (line.startsWith("-- ")) table = line.slice(3);
    else if (/^public\.(?!_prisma|admin_session|admin_link|rate_limit|export_|press_copy)/.test(table))
      kept.push(`${table} ${line}`);
  }
  return kept.filter((line) => !line.includes("backup.restore")).sort();
}

const jobs = (of: string) =>
  runSql(
    of,
    "SELECT id, name, data, priority, retry_count, created_on, start_after FROM pgboss.job ORDER BY id",
  );

beforeAll(async () => {
  folder = await backupFolder();
  const { slug } = await openLetter();
  const admin = await moderator();
  const seen = await waitingSignature(slug, organisation({ email: `${CANARY}@example.org` }));
  await approveSignature({ admin, seen, now: NOW, asExpert: false });
  const awkward = individual({ name: "Ada\\n O’Tab", comment: "two\nlines\tand \\N and \\." });
  await signLetter({ slug, locale: "ar", input: awkward, now: NOW, network: null, proofOfWork: null });
  await linkAll();
  await db.$transaction((tx) => enqueueBulkAction(tx, uuid()));
  await runSql(url(), "UPDATE pgboss.job SET state = 'active', started_on = now() WHERE name = 'bulk'");
  archive = folder.file("backup");
  await makeBackup(url(), archive, "1.2.3", NOW);
});

afterAll(async () => {
  for (const own of made) await own.drop();
  await folder.remove();
});

describe("a backup", () => {
  it("brings back every row and every job that was not done, and says so in the log", async () => {
    const target = await database();
    expect(await restoreBackup(target.url, archive, NOW)).toMatchObject({ version: "1.2.3" });
    const expected = await contents(url());
    expect(expected.length).toBeGreaterThan(15);
    expect(await contents(target.url)).toEqual(expected);
    expect(await jobs(target.url)).toEqual(await jobs(url()));
    const states = await runSql(
      target.url,
      "SELECT DISTINCT state::text, started_on FROM pgboss.job ORDER BY 1",
    );
    expect(states).toEqual([
      { state: "created", started_on: null },
      { state: "retry", started_on: null },
    ]);
    const [entry] = await runSql(
      target.url,
      "SELECT details FROM audit_entry WHERE action = 'backup.restore'",
    );
    expect(entry?.details).toEqual({ takenAt: NOW.toISOString(), version: "1.2.3" });
  });

  it("holds all tables but those of a moment", async () => {
    const lines = gunzipSync(await readFile(archive))
      .toString("utf8")
      .trim()
      .split("\n");
    const all = await runSql(
      url(),
      "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
    );
    const names = Object.keys(JSON.parse(lines.at(-1) ?? "").rows);
    const without = all.map(({ name }) => name).filter((name) => !names.includes(name));
    expect(without.sort()).toEqual([
      ...["_prisma_migrations", "admin_link", "admin_session"],
      ...["export_file", "export_piece", "press_copy", "rate_limit"],
    ]);
    // They would have to be set too.
    expect(
      await runSql(
        url(),
        "SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'",
      ),
    ).toEqual([]);
  });

  it("may be read by its owner only, names nobody who is not public, and holds no key", async () => {
    expect((await stat(archive)).mode & 0o777).toBe(0o600);
    const text = gunzipSync(await readFile(archive)).toString("utf8");
    expect(text).toContain("Example Foundation");
    for (const secret of [CANARY, "O’Tab", "lines\\tand", process.env.ENCRYPTION_KEY ?? ""])
      expect(text).not.toContain(secret);
  });

  it("is of one moment, however much is written meanwhile", async () => {
    const path = folder.file("one-moment");
    const { slug } = await openLetter();
    let stop = false;
    const writing = (async () => {
      for (let number = 0; !stop; number++) {
        const input = individual({ email: `writer-${number}@example.org` });
        await signLetter({ slug, locale: "en", input, now: NOW, network: null, proofOfWork: null });
      }
    })();
    const rows = await makeBackup(url(), path, "1.2.3", NOW);
    stop = true;
    await writing;
    expect(rows.signature).toBe(rows.signatory);
    expect(rows.signature).toBe(rows.signature_key);
    const target = await database();
    await restoreBackup(target.url, path, NOW);
    const [{ count } = { count: 0 }] = await runSql(target.url, "SELECT count(*)::int FROM signature");
    expect(count).toBe(rows.signature);
    await db.signature.deleteMany({ where: { letter: { slug } } });
  });

  it("takes no name that is taken, and leaves nothing half done", async () => {
    await writeFile(folder.file("taken"), "mine");
    expect(await refusalOf(makeBackup(url(), folder.file("taken"), "1", NOW))).toBe("exists");
    expect(await readFile(folder.file("taken"), "utf8")).toBe("mine");
    await expect(stat(folder.file("taken.partial"))).rejects.toThrow();
    const empty = await database();
    expect(await refusalOf(makeBackup(empty.url, folder.file("none"), "1", NOW))).toBe("unprepared");
    await expect(stat(folder.file("none"))).rejects.toThrow();
  });
});

describe("a restore refuses", () => {
  it("a database that is not empty, and changes nothing in it", async () => {
    const before = await contents(url());
    expect(await refusalOf(restoreBackup(url(), archive, NOW))).toBe("not-empty");
    expect(await contents(url())).toEqual(before);
  });

  it("none whose tables are there and empty", async () => {
    const migrated = await database(TEMPLATE);
    expect(await refusalOf(restoreBackup(migrated.url, archive, NOW))).toBeUndefined();
    expect(await refusalOf(restoreBackup(migrated.url, archive, NOW))).toBe("not-empty");
  });

  const middle = (bytes: Buffer) => Math.floor(bytes.length / 2);
  it.each<[string, boolean, (bytes: Buffer) => Buffer]>([
    ["cut off", true, (bytes) => bytes.subarray(0, middle(bytes))],
    ["cut off by a little", true, (bytes) => bytes.subarray(0, -4)],
    ["with a bit turned", true, (bytes) => turned(bytes, middle(bytes))],
    ["empty", true, () => Buffer.alloc(0)],
    ["of another kind", true, () => Buffer.from("no archive at all")],
    ["without its end", false, (bytes) => bytes.subarray(0, bytes.lastIndexOf('{"rows"'))],
    ["with a name changed", false, (bytes) => replaced(bytes, "Example Foundation", "Example Fundation!")],
    ["with a count changed", false, (bytes) => replaced(bytes, '"signatory":2', '"signatory":1')],
  ])("an archive %s, before it touches the database", async (name, packed, change) => {
    const target = await database();
    const path = await changedArchive(archive, folder.file(name), change, packed);
    expect(await refusalOf(restoreBackup(target.url, path, NOW))).toBe("damaged");
    expect(
      await runSql(target.url, "SELECT 1 FROM pg_tables WHERE schemaname IN ('public', 'pgboss')"),
    ).toEqual([]);
  });

  it.each([
    ["another key", `"keyId":"`, `"keyId":"x`, "other-key"],
    ["another form", '"format":2', '"format":3', "other-format"],
    ["the form of files", '{"format":2', "manifest.json", "other-format"],
  ])("an archive of %s", async (name, from, to, problem) => {
    const target = await database();
    const path = await changedArchive(
      archive,
      folder.file(name),
      (bytes) => replaced(bytes, from, to),
      false,
    );
    expect(await refusalOf(restoreBackup(target.url, path, NOW))).toBe(problem);
  });

  it("an archive of a newer version", async () => {
    const source = await database(TEMPLATE);
    await runSql(
      source.url,
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name)
      VALUES ('x', 'x', now(), '29990101000000_future')`,
    );
    await makeBackup(source.url, folder.file("newer"), "9", NOW);
    const target = await database();
    expect(await refusalOf(restoreBackup(target.url, folder.file("newer"), NOW))).toBe("newer");
  });
});

it("an archive of an older version is loaded as that version had it, and then migrated", async () => {
  const { migrate } = await import("@/lib/db/migrate");
  const { prepareQueue } = await import("@/lib/jobs/prepare-queue");
  const [first = ""] = await migrationNames();
  const older = await database();
  await migrate(older.url, [first]);
  await prepareQueue(older.url);
  await runSql(
    older.url,
    `INSERT INTO letter (id, slug, organiser_name, locale, created_at, updated_at)
    VALUES (gen_random_uuid(), 'old', 'Old', 'en', now(), now())`,
  );
  await makeBackup(older.url, folder.file("older"), "0.0.1", NOW);
  const target = await database();
  await restoreBackup(target.url, folder.file("older"), NOW);
  expect(await runSql(target.url, "SELECT slug FROM letter")).toEqual([{ slug: "old" }]);
  const migrations = await runSql(target.url, "SELECT migration_name FROM _prisma_migrations ORDER BY 1");
  expect(migrations).toHaveLength((await migrationNames()).length);
});

it("mails that waited in the queue of an older version wait in the outbox", async () => {
  const mail = { message: "admin-sign-in", encryptedToken: "t", encryptedAddress: "a", locale: "en" };
  const older = await queueOf("mail", mail);
  const target = await database();
  await restoreBackup(target.url, older, NOW);
  const { message, ...payload } = mail;
  expect(await runSql(target.url, "SELECT message, state::text, payload FROM mail")).toEqual([
    { message, state: "WAITING", payload },
  ]);
  expect(await jobs(target.url)).toEqual([]);
});

it("an archive with jobs that no version knows is refused rather than restored without them", async () => {
  const older = await queueOf("nobodys", {});
  const target = await database();
  expect(await refusalOf(restoreBackup(target.url, older, NOW))).toBe("unknown-jobs");
  expect(await jobs(target.url)).toEqual([]);
});

/** An archive of the version before the outbox with one job in it. */
async function queueOf(queue: string, job: object): Promise<string> {
  const { migrate } = await import("@/lib/db/migrate");
  const { prepareQueue } = await import("@/lib/jobs/prepare-queue");
  const older = await database();
  const names = await migrationNames();
  const outbox = names.findIndex((name) => name.endsWith("_outbox"));
  await migrate(older.url, names.slice(0, outbox));
  await prepareQueue(older.url);
  const boss = new PgBoss({ connectionString: older.url, supervise: false, schedule: false });
  await boss.start();
  await boss.createQueue(queue);
  await boss.send(queue, job, { id: uuid() });
  await boss.stop({ graceful: false });
  await makeBackup(older.url, folder.file(queue), "0.1.0", NOW);
  return folder.file(queue);
}

function turned(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

function replaced(bytes: Buffer, from: string, to: string): Buffer {
  const text = bytes.toString("latin1");
  if (!text.includes(from)) throw new Error(`no ${from}`);
  return Buffer.from(text.replace(from, to), "latin1");
}
