import { readFile } from "node:fs/promises";
import pg from "pg";
import { afterAll, describe, expect, inject, it } from "vitest";
import { program } from "@/bin/launch/services";
import { MIGRATION_LOCK, migrate } from "@/lib/db/migrate";
import { LAST_SCHEMA_FILE, migrationNames, SCHEMA_FILE } from "@/lib/db/migrations-folder";
import { schemaDifference } from "@/lib/db/schema-engine";
import { readCatalogue } from "../support/catalogue";
import {
  createDatabase,
  databaseUrl,
  EMPTY_TEMPLATE,
  type OwnDatabase,
  runSql,
  TEMPLATE,
} from "../support/database";
import { TEST_ENVIRONMENT } from "../support/environment";
import { runNode } from "../support/launcher";

/** What migrations contain on top of Prisma's schema, which has no words for it. */
const WRITTEN_BY_HAND = [
  "extension pg_trgm",
  'index CREATE INDEX public_signatory_order ON public.public_signatory USING btree (letter_id, section, sort_key COLLATE "und-x-icu", id)',
  'index CREATE INDEX public_signatory_country_order ON public.public_signatory USING btree (letter_id, country, section, sort_key COLLATE "und-x-icu", id)',
  "index CREATE INDEX public_signatory_search ON public.public_signatory USING gin (search_grams) WITH (fastupdate=off)",
  "index CREATE INDEX public_signatory_near ON public.public_signatory USING gin (near_keys) WITH (fastupdate=off)",
  "index CREATE INDEX public_signatory_likeness ON public.public_signatory USING gin (sort_key gin_trgm_ops)",
  `index CREATE INDEX signature_waiting_near ON public.signature USING gin (near_keys) WITH (fastupdate=off) WHERE (state = 'VERIFIED'::"SignatureState")`,
  `index CREATE INDEX signature_told ON public.signature USING btree (letter_id, told_version, reminded_version, id) WHERE (state = ANY (ARRAY['VERIFIED'::"SignatureState", 'APPROVED'::"SignatureState"]))`,
  `index CREATE INDEX signature_of_version ON public.signature USING btree (letter_version_id, earlier, id) WHERE (state = ANY (ARRAY['VERIFIED'::"SignatureState", 'APPROVED'::"SignatureState", 'REJECTED'::"SignatureState"]))`,
  `index CREATE INDEX signature_updates_idx ON public.signature USING btree (letter_id) WHERE (updates AND (state = ANY (ARRAY['VERIFIED'::"SignatureState", 'APPROVED'::"SignatureState"])))`,
  "index CREATE INDEX signature_concealed ON public.signature USING btree (letter_id, id) WHERE concealed",
  "function refuse_change()",
  "trigger CREATE TRIGGER audit_entry_only_grows BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
  `index CREATE INDEX mail_held_domain ON public.mail USING btree (domain_key) WHERE (state = 'HELD'::"MailState")`,
  `index CREATE INDEX mail_held_due ON public.mail USING btree (unchecked, not_before) WHERE (state = 'HELD'::"MailState")`,
  "index CREATE INDEX confirmation_link_unused ON public.confirmation_link USING btree (expires_at) WHERE (used_at IS NULL)",
  "index CREATE INDEX mail_in_call ON public.mail USING btree (batch_id) WHERE (batch_id IS NOT NULL)",
  `index CREATE INDEX mail_waiting ON public.mail USING btree (priority DESC, queued_at, id) WHERE (state = 'WAITING'::"MailState")`,
  `index CREATE UNIQUE INDEX mail_held ON public.mail USING btree (address_hash) WHERE (state = 'HELD'::"MailState")`,
  "function tell_of_mail()",
  "trigger CREATE TRIGGER mail_waits AFTER INSERT OR UPDATE OF state ON public.mail FOR EACH ROW WHEN ((new.state = 'WAITING'::\"MailState\")) EXECUTE FUNCTION tell_of_mail()",
  "trigger CREATE TRIGGER audit_link_only_grows BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_link FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
];

/** As many as it takes to see who applies them. */
const FEW = 5;

const made: OwnDatabase[] = [];

async function emptyDatabase(): Promise<OwnDatabase> {
  const database = await createDatabase(inject("postgres"), EMPTY_TEMPLATE);
  made.push(database);
  return database;
}

/** `npm run migrate`. */
const upgrade = (url: string) =>
  runNode(program("command", "migrate"), { ...TEST_ENVIRONMENT, DATABASE_URL: url });

const withoutHistory = (lines: string[]) => lines.filter((line) => !line.includes("_prisma_migrations"));

describe("migrations", () => {
  afterAll(async () => {
    for (const database of made) await database.drop();
  });

  it("lead to the catalogue that the schema describes, and to what is listed by hand", async () => {
    const [migrated, fresh] = [await emptyDatabase(), await emptyDatabase()];
    await migrate(migrated.url);
    const sql = await schemaDifference(null, await readFile(SCHEMA_FILE, "utf8"));
    await runSql(fresh.url, sql ?? "");
    const expected = [...(await readCatalogue(fresh.url)), ...WRITTEN_BY_HAND].sort();
    expect(expected.length).toBeGreaterThan(100);
    expect(withoutHistory(await readCatalogue(migrated.url))).toEqual(expected);
  });

  it("keep the schema that the last one leads to, which is today's", async () => {
    const [last, today] = [await readFile(LAST_SCHEMA_FILE, "utf8"), await readFile(SCHEMA_FILE, "utf8")];
    expect(await schemaDifference(last, today)).toBeNull();
  });

  it("are applied once when several instances start together", async () => {
    const { url } = await emptyDatabase();
    const names = (await migrationNames()).slice(0, FEW);
    const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(url, names)));
    expect(runs.flat().sort()).toEqual(names);
    const history = await runSql<{ migration_name: string }>(
      url,
      "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1",
    );
    expect(history.map((row) => row.migration_name)).toEqual(names);
  });

  it("wait for an instance that is still migrating", async () => {
    const { url } = await emptyDatabase();
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    await other.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const names = (await migrationNames()).slice(0, FEW);
    const applied = migrate(url, names);
    const waits = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    await expect.poll(async () => (await runSql(url, waits)).length).toBe(1);
    expect(await runSql(url, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'")).toEqual([]);
    await other.end();
    expect(await applied).toEqual(names);
  });

  it.each(["goes on by itself", "is lost with the server"])(
    "are done again where the command was killed amid one that %s",
    async (what) => {
      const { url } = await emptyDatabase();
      const names = await migrationNames();
      const at = names.findIndex((name) => name.endsWith("_press_left_out"));
      await migrate(url, names.slice(0, at));
      const reader = new pg.Client({ connectionString: url });
      await reader.connect();
      await reader.query("BEGIN; LOCK TABLE press_copy");
      const command = upgrade(url);
      const amid =
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
      await expect.poll(async () => (await runSql(url, amid)).length, { timeout: 30_000 }).toBe(1);
      command.child.kill("SIGKILL");
      await command.ended;
      if (what !== "goes on by itself")
        await runSql(url, `SELECT pg_terminate_backend(pid) FROM (${amid}) amid`);
      await reader.end();
      const next = upgrade(url);
      expect([await next.ended, next.said()]).toEqual([0, expect.stringMatching(/^Applied|up to date/)]);
      // As what every test's database is copied from, to which all were applied at once.
      const template = databaseUrl(inject("postgres"), TEMPLATE);
      expect(await readCatalogue(url)).toEqual(await readCatalogue(template));
      const history =
        "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1";
      const done = await runSql<{ migration_name: string }>(url, history);
      expect(done.map((row) => row.migration_name)).toEqual(names);
    },
  );

  it("say what a step could not do, and go on once that is mended", async () => {
    const { url } = await emptyDatabase();
    const names = await migrationNames();
    await migrate(
      url,
      names.slice(
        0,
        names.findIndex((name) => name.endsWith("_list_files")),
      ),
    );
    await runSql(url, "ALTER TABLE letter ADD COLUMN list_files int");
    const command = upgrade(url);
    expect(await command.ended).toBe(1);
    const said = command.said();
    expect(said).toMatch(
      /^We could not bring the database up to this version\. .*_list_files: .* already exists$/m,
    );
    expect(said).toContain("Fix what it says and start again");
    expect(said).not.toMatch(/^\s+at /m);
    await runSql(url, "ALTER TABLE letter DROP COLUMN list_files");
    const next = upgrade(url);
    expect([await next.ended, next.said()]).toEqual([0, expect.stringMatching(/^Applied/)]);
  });

  it("apply nothing to a database that is up to date", async () => {
    const own = await createDatabase(inject("postgres"));
    made.push(own);
    expect(await migrate(own.url)).toEqual([]);
  });
});
