import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, startApp } from "../support/app";
import { runSql } from "../support/database";
import { THOROUGH } from "../support/tier";

let app: App;
beforeAll(async () => {
  app = await startApp({ worker: false });
});
afterAll(() => app.stop());

const VALUES = {
  form: "sign",
  fullName: "Ada Exampleton",
  email: "outage@example.org",
  country: "GB",
  visibility: "public",
  consent: "on",
};

const sign = (headers: Record<string, string> = {}) =>
  fetch(`${app.url}/letters/uyghurs/sign?as=individual`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: app.url, ...headers },
    body: new URLSearchParams(VALUES),
  });

/** Lets nobody into the database, as if it were down; other tests use the same server. */
async function setReachable(reachable: boolean): Promise<void> {
  const server = new URL(app.databaseUrl);
  const name = server.pathname.slice(1);
  server.pathname = "/postgres";
  await runSql(server.href, `ALTER DATABASE ${name} ALLOW_CONNECTIONS ${reachable}`);
  if (!reachable)
    await runSql(server.href, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [
      name,
    ]);
}

/** As a full disk: no row more, and nothing that a query would put into a file. */
async function setFull(full: boolean): Promise<void> {
  const name = new URL(app.databaseUrl).pathname.slice(1);
  await runSql(
    app.databaseUrl,
    full
      ? `CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$;
         CREATE TRIGGER no_room BEFORE INSERT ON signature_key FOR EACH ROW EXECUTE FUNCTION no_room();
         ALTER DATABASE ${name} SET temp_file_limit = '64kB'`
      : `DROP TRIGGER no_room ON signature_key; ALTER DATABASE ${name} RESET temp_file_limit`,
  );
  // The setting is a connection's from its beginning.
  await runSql(
    app.databaseUrl,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()",
    [name],
  );
}

describe("while the disk of the database is full", () => {
  it("nothing is acknowledged and nothing kept by halves, and the process says that it is not ready", async () => {
    const ready = async () => (await fetch(`${app.url}/api/ready`)).json();
    const full = { status: "not ready", database: true, queue: true, disk: false };
    await setFull(true);
    await expect.poll(ready).toEqual(full);
    expect((await sign()).status).toBe(503);
    expect((await fetch(`${app.url}/letters/uyghurs`)).status).toBe(200);
    expect(await runSql(app.databaseUrl, "SELECT 1 FROM signature WHERE state = 'PENDING'")).toEqual([]);
    await setFull(false);
    await expect.poll(ready).toEqual({ ...full, status: "ready", disk: true });
    expect(app.log()).toContain("53100");
    expect(app.log()).not.toContain("outage@example.org");
  });
});

describe("while the database cannot be reached", () => {
  it("the letter is read all the same, a form keeps what was typed, and everything recovers by itself", async () => {
    // Next puts one of its own lines of <head> now here, now there.
    const read = async () => (await (await fetch(`${app.url}/letters/uyghurs`)).text()).split("<body>")[1];
    // What is read while nobody would tell of changes is not kept.
    const listens =
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %' AND state = 'idle'";
    await expect.poll(async () => (await runSql(app.databaseUrl, listens, [])).length).toBeGreaterThan(0);
    const before = await read();
    expect(before).toBe(await read());
    await fetch(`${app.url}/letters/uyghurs/sign?as=individual`);
    await setReachable(false);

    expect(await read()).toBe(before);
    // Longer than values are trusted without news; `tests/unit/tagged-cache.test.ts` has a clock for that.
    if (THOROUGH) await new Promise((resolve) => setTimeout(resolve, 6_000));
    for (let time = 0; time < 3; time++) expect(await read()).toBe(before);

    const shown = await sign();
    expect([shown.status, shown.headers.get("retry-after")]).toEqual([503, "10"]);
    expect(await shown.text()).toContain('value="outage@example.org"');
    const told = await sign({ accept: "application/json" });
    expect([told.status, await told.json()]).toEqual([503, { errors: { "": ["server"] } }]);
    expect((await fetch(`${app.url}/api/ready`)).status).toBe(503);
    expect((await fetch(`${app.url}/signatures/${"x".repeat(25)}/confirm`)).status).toBe(503);
    expect(app.log()).not.toContain("outage@example.org");

    await setReachable(true);
    await expect.poll(async () => (await sign()).status, { timeout: 20_000 }).toBe(303);
    await expect.poll(async () => (await fetch(`${app.url}/api/ready`)).status).toBe(200);
  });
});
