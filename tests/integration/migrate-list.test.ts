import pg from "pg";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { prepareDatabase } from "@/bin/launch/database";
import type { Database } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { migrationNames } from "@/lib/db/migrations-folder";
import { readPublicList } from "@/lib/signatories/public-list";
import { reindexList, reportCollation } from "@/lib/signatories/reindex-list";
import { searchList } from "@/lib/signatories/search-list";
import { Prisma } from "@/prisma/generated/client";
import { createDatabase, EMPTY_TEMPLATE, type OwnDatabase } from "../support/database";
import { logged } from "../support/logged";

let database: OwnDatabase;
let client: pg.Client;
const letter = crypto.randomUUID();

/** What the list is read by, on a database that is not the process's own. */
const on = {
  $queryRaw: async (strings: TemplateStringsArray, ...values: unknown[]) => {
    const { text, values: given } = Prisma.sql(strings, ...values);
    return (await client.query(text, given)).rows;
  },
} as unknown as Database;

/** A signature as the version before the list's table left it. */
async function sign(values: {
  kind: string;
  expert: boolean;
  state: string;
  visibility: string;
  name: string | null;
}) {
  const { kind, expert, state, visibility, name } = values;
  const [signatory, signature] = [crypto.randomUUID(), crypto.randomUUID()];
  await client.query(
    `INSERT INTO signatory (id, kind, expert, country, name, folded, affiliation) VALUES ($1, $2, $3, $4, $5, lower($5), $6)`,
    [signatory, kind, expert, name ? "PL" : null, name, name && "Uniwersytet Łódzki"],
  );
  await client.query(
    `INSERT INTO signature (id, letter_id, letter_version_id, signatory_id, locale, state, visibility, updates, consent_version,
       consent_at, submitted_at, expires_at, published_at) VALUES ($1, $2, $2, $3, '', $4, $5, false, 'c', now(), now(), now(), $6)`,
    [signature, letter, signatory, state, visibility, name && "2026-11-01Z"],
  );
}

beforeAll(async () => {
  database = await createDatabase(inject("postgres"), EMPTY_TEMPLATE);
  const names = await migrationNames();
  await migrate(
    database.url,
    names.slice(
      0,
      names.findIndex((name) => name.endsWith("_public_list")),
    ),
  );
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`
    INSERT INTO letter (id, slug, organiser_name, locale, created_at, updated_at) VALUES ('${letter}', 'l', 'O', 'en', now(), now());
    INSERT INTO letter_version (id, letter_id, number, created_at) VALUES ('${letter}', '${letter}', 1, now())`);
  const shown = { state: "APPROVED", visibility: "PUBLIC" };
  await sign({ kind: "INDIVIDUAL", expert: false, ...shown, name: "Łucja Żak" });
  await sign({ kind: "INDIVIDUAL", expert: true, ...shown, name: "Ada Example" });
  await sign({ kind: "ORGANISATION", expert: false, ...shown, name: "Zebra" });
  await sign({ kind: "INDIVIDUAL", expert: false, state: "APPROVED", visibility: "WITHHELD", name: null });
  await sign({ kind: "INDIVIDUAL", expert: false, state: "VERIFIED", visibility: "PUBLIC", name: null });
  await prepareDatabase(database.url);
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

it("moves what is on the list into its table, to be read and found at once", async () => {
  const { signatories } = await readPublicList(on, letter, {}, {}, 10);
  expect(signatories).toMatchObject([
    { name: "Zebra", kind: "organisation", country: "PL", publishedAt: new Date("2026-11-01Z") },
    { name: "Ada Example", kind: "individual", expert: true },
    { name: "Łucja Żak", expert: false, affiliation: "Uniwersytet Łódzki" },
  ]);
  const found = await searchList(on, letter, { q: "lodzki lucja" }, {}, 10);
  expect(found.signatories.map(({ name }) => name)).toEqual(["Łucja Żak"]);
  // What the old columns held is taken out of the pages in the next quiet hour.
  expect((await client.query("SELECT FROM erasure")).rowCount).toBe(1);
  const { rows } = await client.query("SELECT state, hold, count FROM standing_count ORDER BY state");
  expect(rows).toEqual([
    { state: "VERIFIED", hold: null, count: 1 },
    { state: "APPROVED", hold: null, count: 4 },
  ]);
});

it("says loudly that the server sorts otherwise than it did, until the list is sorted anew", async () => {
  expect(await logged(() => reportCollation(database.url))).toBe("");
  await client.query("COMMENT ON INDEX public_signatory_order IS '1.0'");
  await client.query("UPDATE public_signatory SET search_text = 'x', search_grams = '{}'");
  expect(await logged(() => reportCollation(database.url))).toContain("npm run reindex");
  expect(await reindexList(database.url)).toBe(3);
  expect(await logged(() => reportCollation(database.url))).toBe("");
  expect((await searchList(on, letter, { q: "lucja" }, {}, 10)).found).toBe(1);
});
