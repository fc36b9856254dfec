import { spawnSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { runAudit } from "@/bin/audit/run-audit";
import { program } from "@/bin/launch/services";
import { headsFile, notedHeads, noteHead, noteRestore } from "@/lib/audit/head-notes";
import { headText } from "@/lib/audit/head-text";
import { ChainKeeper, keepChain } from "@/lib/audit/keep-chain";
import { linkRecent } from "@/lib/audit/link-entries";
import { ThoroughWalk } from "@/lib/audit/link-thoroughly";
import { missingHead } from "@/lib/audit/missing-head";
import { type ChainHead, chainHead } from "@/lib/audit/queries";
import { verifyChain } from "@/lib/audit/verify-chain";
import { writeAudit, writeAudits } from "@/lib/audit/write-audit";
import { db } from "@/lib/db/client";
import { pauseAfter } from "@/lib/jobs/rules";
import { scrub } from "@/lib/ops/log/facts";
import { logTo } from "@/lib/ops/log/log";
import { PROJECT } from "@/lib/project-folder";
import { linkAll } from "../support/audit-links";
import { runSql } from "../support/database";
import { later, NOW } from "../support/letters";
import { logged } from "../support/logged";

const url = () => process.env.DATABASE_URL ?? "";
const sql = (text: string) => runSql(url(), text);
/** As a superuser of the database may: with the triggers out of the way. */
const asSuperuser = (...statements: string[]) =>
  sql(["SET session_replication_role = replica", ...statements].join(";"));

async function write(count: number, minute = 0): Promise<void> {
  const lines = Array.from({ length: count }, (_, index) => ({
    at: later(minute),
    actor: "SYSTEM" as const,
    action: "test.act",
    details: { zebra: index, apple: { two: 2, one: "ünï" }, list: [1.5, null, true] },
  }));
  await db.$transaction((tx) => writeAudits(tx, lines));
}

async function emptied(): Promise<void> {
  await rm(headsFile(), { force: true });
  await asSuperuser("DELETE FROM audit_link", "DELETE FROM audit_entry");
}

const broken = async (noted: ChainHead | null = null) => (await verifyChain(noted ? [noted] : [])).broken;
const entryAt = (number: number) => `(SELECT entry_id FROM audit_link WHERE number = ${number})`;

beforeEach(emptied);
afterAll(emptied);

describe("the database itself", () => {
  it.each(["audit_entry", "audit_link"])("refuses every change of %s but a new row", async (table) => {
    await write(2);
    await linkAll();
    const column = table === "audit_entry" ? "action" : "hash";
    for (const statement of [
      `UPDATE ${table} SET ${column} = 'x'`,
      `UPDATE ${table} SET ${column} = 'x' WHERE false`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
    ])
      await expect(sql(statement)).rejects.toThrow(/only grows/);
    expect(await broken()).toBeNull();
  });
});

describe("linking", () => {
  it("links what is not linked yet, the oldest first, and each entry once", async () => {
    await write(3, 1);
    await write(2, 0);
    expect(await linkRecent(later(-1))).toBe(5);
    expect(await linkRecent(later(-1))).toBe(0);
    const { links, waiting, broken } = await verifyChain([]);
    expect({ links, waiting, broken }).toEqual({ links: 5n, waiting: 0, broken: null });
    const times = await sql(
      "SELECT e.at FROM audit_link l JOIN audit_entry e ON e.id = l.entry_id ORDER BY number",
    );
    expect(times).toEqual([...times].sort((one, other) => Number(one.at) - Number(other.at)));
  });

  it("looks as far back as it is told, and everywhere when it is thorough", async () => {
    await write(1, -60);
    expect(await linkRecent(later(-1))).toBe(0);
    expect(await db.auditEntry.count({ where: { link: null } })).toBe(1);
    expect(await linkAll()).toBe(1);
    expect(await db.auditEntry.count({ where: { link: null } })).toBe(0);
  });

  it("goes page by page through a long log", async () => {
    await write(230);
    expect(await linkAll(new Date(0), 100)).toBe(230);
    await write(1, -60);
    expect(await linkAll(new Date(0), 100)).toBe(1);
    expect((await verifyChain([])).links).toBe(231n);
  });

  it("makes one chain however many workers are at it while entries are written", async () => {
    const writers = Array.from({ length: 4 }, async () => {
      for (let round = 0; round < 8; round++) await write(5, round);
    });
    const workers = Array.from({ length: 6 }, async () => {
      for (let round = 0; round < 10; round++) await linkRecent(NOW);
    });
    await Promise.all([...writers, ...workers]);
    await linkAll();
    const { links, waiting, broken } = await verifyChain([]);
    expect({ links, waiting, broken }).toEqual({ links: 160n, waiting: 0, broken: null });
  });
});

describe("verification", () => {
  it("says what waits and since when", async () => {
    await write(2);
    await linkAll();
    await write(1, 7);
    expect(await verifyChain([])).toMatchObject({
      links: 2n,
      waiting: 1,
      oldestWaiting: later(7),
      broken: null,
    });
  });

  it.each([
    ["an action", "action = 'other'"],
    ["a time", "at = at + interval '1 ms'"],
    ["a fact", `details = details || '{"apple": 1}'`],
    ["who acted", "actor = 'ADMIN'"],
    ["a encrypted text", "encrypted = 'x'"],
    ["a mark", "mark = ''"],
  ])("finds %s changed", async (_, change) => {
    await write(5);
    await linkAll();
    await asSuperuser(`UPDATE audit_entry SET ${change} WHERE id = ${entryAt(3)}`);
    expect(await broken()).toEqual({ number: 3n, problem: "hash-differs" });
  });

  it("finds an entry changed before it was linked", async () => {
    await write(2);
    await linkAll();
    await write(1, 1);
    await asSuperuser("UPDATE audit_entry SET action = 'other' WHERE at > '2026-11-23T12:00:30Z'");
    expect(await broken()).toEqual({ number: null, problem: "not-ours" });
    await linkAll();
    expect(await broken()).toEqual({ number: 3n, problem: "not-ours" });
  });

  it("finds an entry taken out, alone or with its link", async () => {
    await write(5);
    await linkAll();
    await asSuperuser(`DELETE FROM audit_entry WHERE id = ${entryAt(3)}`);
    expect(await broken()).toEqual({ number: 3n, problem: "entry-gone" });
    await asSuperuser("DELETE FROM audit_link WHERE number = 3");
    expect(await broken()).toEqual({ number: 3n, problem: "link-gone" });
    await asSuperuser("UPDATE audit_link SET number = number - 1 WHERE number > 3");
    expect(await broken()).toEqual({ number: 3n, problem: "hash-differs" });
  });

  it("tells that the rest was linked anew after an entry was taken out with all later links", async () => {
    await write(6);
    await linkAll();
    const noted = await chainHead();
    await asSuperuser(
      `DELETE FROM audit_entry WHERE id = ${entryAt(3)}`,
      "DELETE FROM audit_link WHERE number >= 3",
    );
    const lines: string[] = [];
    logTo((line) => lines.push(line));
    expect(await linkAll(later(60))).toBe(3);
    logTo(undefined);
    expect(lines.join("")).toContain("linked late");
    await linkAll();
    expect(await verifyChain([])).toMatchObject({ broken: null, lateLinks: [later(60)] });
    expect(await broken(noted)).toMatchObject({ problem: "noted-head-differs" });
  });

  it("says nothing of entries that are linked in time", async () => {
    await write(3);
    expect(await linkAll(later(10))).toBe(3);
    expect((await verifyChain([])).lateLinks).toEqual([]);
  });

  it("finds two entries that changed places", async () => {
    await write(5);
    await linkAll();
    const [two, four] = await sql(
      "SELECT entry_id AS id FROM audit_link WHERE number IN (2, 4) ORDER BY number",
    );
    await asSuperuser(
      "UPDATE audit_link SET entry_id = gen_random_uuid() WHERE number = 2",
      `UPDATE audit_link SET entry_id = '${two?.id}' WHERE number = 4`,
      `UPDATE audit_link SET entry_id = '${four?.id}' WHERE number = 2`,
    );
    expect(await broken()).toEqual({ number: 2n, problem: "hash-differs" });
  });

  const FORGED = `INSERT INTO audit_entry (id, at, actor, action, details, mark)
    SELECT gen_random_uuid(), at, 'SYSTEM', 'forged', '{}', mark FROM audit_entry LIMIT 1`;

  it("finds an entry slipped in, with a link and without one", async () => {
    await write(3);
    await linkAll();
    await sql(FORGED);
    expect(await broken()).toEqual({ number: null, problem: "not-ours" });
    await sql(`INSERT INTO audit_link (number, entry_id, hash)
      SELECT 4, e.id, l.hash FROM audit_entry e, audit_link l WHERE e.action = 'forged' AND l.number = 3`);
    expect(await broken()).toEqual({ number: 4n, problem: "hash-differs" });
  });

  it("takes no entry without a mark, also where the whole log is made anew", async () => {
    await write(3);
    await linkAll();
    await asSuperuser(
      "DELETE FROM audit_link",
      "UPDATE audit_entry SET action = 'forged', mark = '' WHERE at < '2026-11-23T12:02:00Z'",
    );
    await linkAll();
    expect(await broken()).toEqual({ number: 1n, problem: "not-ours" });
  });

  it("finds a tail that was cut off, by a head that was noted", async () => {
    await write(5);
    await linkAll();
    const head = await chainHead();
    await asSuperuser(
      "CREATE TEMP TABLE cut AS SELECT entry_id FROM audit_link WHERE number > 3",
      "DELETE FROM audit_link WHERE number > 3",
      "DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM cut)",
    );
    expect(await broken()).toBeNull();
    expect(await broken(head)).toEqual({ number: 5n, problem: "noted-head-gone" });
    await write(4, 1);
    await linkAll();
    expect(await broken()).toBeNull();
    expect(await broken(head)).toEqual({ number: 5n, problem: "noted-head-differs" });
  });

  it("finds a link of another history put back", async () => {
    await write(2);
    await linkAll();
    await asSuperuser(
      "CREATE TABLE kept_entry AS SELECT e.* FROM audit_entry e WHERE id = (SELECT entry_id FROM audit_link WHERE number = 2)",
      "CREATE TABLE kept_link AS SELECT * FROM audit_link WHERE number = 2",
      "DELETE FROM audit_link WHERE number = 2",
      "DELETE FROM audit_entry WHERE id IN (SELECT id FROM kept_entry)",
    );
    await write(2, 1);
    await linkAll();
    await asSuperuser(
      `DELETE FROM audit_entry WHERE id = ${entryAt(2)}`,
      "DELETE FROM audit_link WHERE number = 2",
      "INSERT INTO audit_entry SELECT * FROM kept_entry",
      "INSERT INTO audit_link SELECT * FROM kept_link",
      "DROP TABLE kept_entry, kept_link",
    );
    expect(await broken()).toEqual({ number: 3n, problem: "hash-differs" });
  });
});

describe("what fails", () => {
  const away = (table: string) => sql(`ALTER TABLE ${table} RENAME TO away`);
  const back = (table: string) => sql(`ALTER TABLE away RENAME TO ${table}`);

  it("is tried again ever less often, until it works", async () => {
    const keeper = new ChainKeeper();
    await write(1);
    await away("audit_link");
    const pauses: number[] = [];
    const lines = await logged(async () => {
      for (let round = 0; round < 4; round++) pauses.push(await keeper.step(later(1)));
    }).finally(() => back("audit_link"));
    expect(pauses).toEqual([1, 2, 3, 4].map(pauseAfter));
    expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(pauseAfter(1_000)).toBe(300_000);
    expect(lines.match(/not linked for now/g)).toHaveLength(1);
    // What was written before the failures is still recent to it.
    await logged(() => keeper.step(later(60)));
    expect((await verifyChain([])).waiting).toBe(0);
  });

  it("begins a walk where the last one found everything linked, unless links are gone since", async () => {
    // That they are linked late is no matter here.
    logTo(() => undefined);
    for (const hour of [0, 1, 2, 3]) await write(10, hour * 60);
    expect(await linkAll(later(240))).toBe(40);
    await write(5, 235);
    const walk = new ThoroughWalk(20);
    expect(await walk.step(later(241))).toBe(false);
    // With the line that says that the others were late.
    expect(walk.linked).toBe(6);
    // Nobody writes so far back; a walk from the beginning would find them.
    await write(2, 30);
    expect(await linkAll(later(242))).toBe(0);
    await asSuperuser("DELETE FROM audit_link WHERE number > 15");
    expect(await linkAll(later(243))).toBe(33);
    logTo(undefined);
  });

  it("leaves a walk where it was, and keeps nothing recent waiting", async () => {
    await sql("CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''full''; END'");
    const fill = (from: number) =>
      sql(`CREATE TRIGGER full_disk BEFORE INSERT ON audit_link FOR EACH ROW
        WHEN (NEW.number > ${from}) EXECUTE FUNCTION full_disk()`);
    const clear = () => sql("DROP TRIGGER full_disk ON audit_link");
    await write(23, -5);
    const walk = new ThoroughWalk(10);
    expect(await walk.step(NOW)).toBe(true);
    await fill(10);
    await expect(walk.step(NOW)).rejects.toThrow();
    await clear();
    // Two pages are left, not three.
    expect([await walk.step(NOW), await walk.step(NOW)]).toEqual([true, false]);
    expect(walk.linked).toBe(23);

    const keeper = new ChainKeeper();
    await emptied();
    await write(1, -5);
    await fill(0);
    expect(await logged(() => keeper.step(NOW))).toContain("old audit entries");
    await clear();
    await write(1);
    // The walk has its pause; what is new is linked.
    await logged(() => keeper.step(NOW));
    expect(await verifyChain([])).toMatchObject({ links: 1n, waiting: 1 });
    await keeper.step(later(1));
    expect((await verifyChain([])).waiting).toBe(0);
    await sql("DROP FUNCTION full_disk()");
  });
});

describe("noted heads", () => {
  const noteNow = async () => {
    const head = await chainHead();
    if (head) await noteHead(head, NOW);
  };

  it("are demanded, also of a log that was emptied and begun anew", async () => {
    await write(5);
    await linkAll();
    await noteNow();
    await asSuperuser("DELETE FROM audit_link", "DELETE FROM audit_entry");
    expect((await verifyChain(await notedHeads())).broken).toEqual({
      number: 5n,
      problem: "noted-head-gone",
    });
    await write(8, 1);
    await linkAll();
    await noteNow();
    expect((await verifyChain(await notedHeads())).broken).toMatchObject({ problem: "noted-head-differs" });
    expect(await missingHead(await notedHeads())).toMatchObject({ number: 5n });
  });

  it("are told by the log at every level, once more than in the file", async () => {
    await write(1);
    await linkAll();
    const lines = await logged(async () => {
      await noteNow();
      await noteNow();
    });
    expect(lines.match(/"level":"always".*audit head/g)).toHaveLength(2);
    expect(await notedHeads()).toHaveLength(1);
  });

  it("count from the last restore on, and survive a line that was written by halves", async () => {
    await write(2);
    await linkAll();
    await noteNow();
    await noteRestore(NOW);
    expect(await notedHeads()).toEqual([]);
    await mkdir(dirname(headsFile()), { recursive: true });
    await writeFile(headsFile(), "2026-11-27T12:00:00.000Z 7:abc\n", { flag: "a" });
    await noteNow();
    expect(await notedHeads()).toMatchObject([{ number: 2n, at: NOW }]);
  });

  it("are missed by a worker that starts after the log was emptied", async () => {
    await write(3);
    await linkAll();
    await noteNow();
    await asSuperuser("DELETE FROM audit_link", "DELETE FROM audit_entry");
    await write(1, 1);
    const keeper = new ChainKeeper();
    expect(await logged(() => keeper.step(later(1)))).toContain("a noted head is gone");
  });
});

it("a head can stand in the log", () => {
  const head = headText({ number: 12_345_678n, hash: `0df66eef.audit-link.${"x".repeat(43)}` });
  expect(scrub({ head })).toEqual({ head });
});

it("a worker that misses a link it has seen says so and links no more", async () => {
  const lines: string[] = [];
  logTo((line) => lines.push(line));
  const stop = keepChain();
  try {
    await db.$transaction((tx) => writeAudit(tx, { at: new Date(), actor: "SYSTEM", action: "test.act" }));
    await expect.poll(() => chainHead().then((head) => head?.number), { timeout: 10_000 }).toBe(1n);
    await pause(1_500);
    await asSuperuser("DELETE FROM audit_link");
    await expect.poll(() => lines.join(""), { timeout: 10_000 }).toContain("the audit log was changed");
    await pause(1_500);
    expect(await chainHead()).toBeNull();
  } finally {
    await stop();
    logTo(undefined);
  }
});

describe("the command", () => {
  it("says the head and what holds, and ends with 1 where something does not", async () => {
    await write(3);
    await linkAll();
    const noted = await chainHead();
    const head = noted ? headText(noted) : "";
    expect(await runAudit(["head"])).toEqual({ lines: [`Head: ${head}`], code: 0 });
    const verified = await runAudit(["verify", "--from", head]);
    expect(verified).toEqual({ lines: [`3 links hold. Head: ${head}`], code: 0 });
    const alone = await runAudit(["verify"]);
    expect(alone.code).toBe(2);
    expect(alone.lines).toEqual([
      verified.lines[0],
      expect.stringMatching(/^UNCHECKED: .* has no noted head/),
    ]);
    if (noted) await noteHead(noted, NOW);
    const checked = await runAudit(["verify"]);
    expect(checked.code).toBe(0);
    expect(checked.lines).toContainEqual(expect.stringContaining("All 1 noted heads are there"));
    await asSuperuser(`UPDATE audit_entry SET action = 'other' WHERE id = ${entryAt(2)}`);
    const failed = await runAudit(["verify"]);
    expect(failed).toEqual({ lines: [expect.stringMatching(/^BROKEN: Link 2 /)], code: 1 });
    expect(await runAudit(["verify", "--from", "nonsense"])).toMatchObject({ code: 1 });
    await asSuperuser("DELETE FROM audit_link", "DELETE FROM audit_entry");
    expect(await runAudit(["verify"])).toMatchObject({ code: 1 });
    expect(await runAudit(["restored"])).toMatchObject({ code: 0 });
    expect(await runAudit(["verify"])).toMatchObject({ code: 2 });
  });

  it("prints it, and ends with its code", async () => {
    await write(3);
    await linkAll();
    const { lines } = await runAudit(["verify"]);
    const printed = spawnSync(process.execPath, program("audit", "verify"), {
      cwd: PROJECT,
      encoding: "utf8",
    });
    expect(printed).toMatchObject({ status: 2, stderr: "", stdout: `${lines.join("\n")}\n` });
  });
});

it("an entry alone and many at once bear the same kind of mark", async () => {
  const line = { at: NOW, actor: "SYSTEM" as const, action: "test.act" };
  await db.$transaction((tx) => writeAudit(tx, line));
  await db.$transaction((tx) => writeAudits(tx, [line]));
  await linkAll();
  expect((await verifyChain([])).broken).toBeNull();
});
