import { afterEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { keepHouse } from "@/lib/jobs/housekeeping";
import { MOST, sweep } from "@/lib/retention/sweep";
import { expireSignatures } from "@/lib/signatures/expire-signatures";
import { signLetter } from "@/lib/signatures/sign-letter";
import { runSql } from "../support/database";
import { individual, later, NOW, openLetter } from "../support/letters";
import { logged } from "../support/logged";

const sql = (text: string) => runSql(process.env.DATABASE_URL ?? "", text);
const DAY = 24 * 60;

/** Old rows, so many in each table that housekeeping deletes from. */
const old = (count: number) => [
  `INSERT INTO address_mail SELECT 'old' || n, ARRAY[now() - interval '1 year'] FROM generate_series(1, ${count}) n`,
  `INSERT INTO rate_limit SELECT 'old' || n, 1, 1 FROM generate_series(1, ${count}) n`,
  `INSERT INTO admin_link SELECT 'old' || n, 'encrypted', now() - interval '1 year' FROM generate_series(1, ${count}) n`,
  `INSERT INTO mail (id, message, state, queued_at, not_before, done_at)
   SELECT gen_random_uuid(), 'admin-sign-in', 'SENT', now(), now(), now() - interval '91 days' FROM generate_series(1, ${count}) n`,
  `INSERT INTO provider_event SELECT 'old' || n, 'email.sent', now() - interval '1 year' FROM generate_series(1, ${count}) n`,
  `INSERT INTO suppression SELECT 'old' || n, 'BOUNCED', now() - interval '1 year' FROM generate_series(1, ${count}) n`,
];
const TABLES = ["address_mail", "rate_limit", "admin_link", "mail", "provider_event", "suppression"];

async function rowsLeft(): Promise<Record<string, number>> {
  const counts = TABLES.map((name) => `SELECT '${name}' AS name, count(*)::int AS count FROM ${name}`);
  const rows = await sql(counts.join(" UNION ALL "));
  return Object.fromEntries(rows.map(({ name, count }) => [String(name), Number(count)]));
}

describe("sweeping", () => {
  it("deletes in statements that stay small, however much there is", async () => {
    for (const statement of old(MOST + 50)) await sql(statement);
    await sql(`CREATE FUNCTION refuse_many() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF (SELECT count(*) FROM gone) > ${MOST} THEN RAISE 'too many at once'; END IF; RETURN NULL; END $$`);
    for (const table of TABLES)
      await sql(`CREATE TRIGGER few AFTER DELETE ON ${table} REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_many()`);
    await sweep(new Date());
    expect(Object.values(await rowsLeft())).toEqual(TABLES.map(() => 0));
    await sql("DROP FUNCTION refuse_many CASCADE");
  });

  it("passes over what fails, and rows that somebody holds", async () => {
    for (const statement of old(2)) await sql(statement);
    await sql("ALTER TABLE rate_limit RENAME TO elsewhere");
    const lines = await logged(() =>
      db.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT 1 FROM address_mail WHERE address_hash = 'old1' FOR UPDATE`;
        await expect(sweep(new Date())).rejects.toThrow();
      }),
    ).finally(() => sql("ALTER TABLE elsewhere RENAME TO rate_limit"));
    expect(lines.match(/housekeeping failed/g)).toHaveLength(1);
    expect(lines).toContain('"chore":"counts"');
    expect(await rowsLeft()).toMatchObject({ address_mail: 1, rate_limit: 2, suppression: 0, mail: 0 });
    await sweep(new Date());
    expect(await rowsLeft()).toMatchObject({ address_mail: 0, rate_limit: 0 });
  });
});

describe("lapsing", () => {
  afterEach(() => sql("DROP FUNCTION IF EXISTS stuck CASCADE"));

  it("goes past signatures that cannot expire, and keeps nothing else from being done", async () => {
    const { slug } = await openLetter();
    const sign = (name: string) =>
      signLetter({ slug, locale: "en", input: individual({ email: `${name}@example.org` }), now: NOW });
    for (let one = 0; one < 3; one++) await sign(`stuck${one}`);
    await sql("UPDATE signature SET locale = 'stuck', expires_at = expires_at - interval '1 hour'");
    // As if there were a whole batch of them.
    await sign("fine");
    await sql(`CREATE FUNCTION stuck() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF OLD.locale = 'stuck' THEN RAISE 'stuck'; END IF; RETURN NEW; END $$`);
    await sql("CREATE TRIGGER stuck BEFORE UPDATE ON signature FOR EACH ROW EXECUTE FUNCTION stuck()");
    expect(await expireSignatures({ now: later(15 * DAY), most: 2 })).toBe(1);
    await sql(old(1)[5] ?? "");
    const lines = await logged(() => expect(keepHouse(later(15 * DAY))).rejects.toThrow());
    expect(lines).toContain('"chore":"signatures that expire"');
    expect(await rowsLeft()).toMatchObject({ suppression: 0 });
    expect(await db.signature.count({ where: { state: "EXPIRED" } })).toBe(1);
  });
});
