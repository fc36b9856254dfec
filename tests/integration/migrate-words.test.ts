import pg from "pg";
import { PgBoss } from "pg-boss";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { migrate } from "@/lib/db/migrate";
import { migrationNames } from "@/lib/db/migrations-folder";
import { prepareQueue } from "@/lib/jobs/prepare-queue";
import { createDatabase, EMPTY_TEMPLATE, type OwnDatabase } from "../support/database";

let database: OwnDatabase;
let client: pg.Client;
const [act, mail] = [uuid(), uuid()];

beforeAll(async () => {
  database = await createDatabase(inject("postgres"), EMPTY_TEMPLATE);
  const names = await migrationNames();
  await migrate(
    database.url,
    names.slice(
      0,
      names.findIndex((name) => name.endsWith("_words")),
    ),
  );
  await prepareQueue(database.url);
  const boss = new PgBoss({ connectionString: database.url, supervise: false, schedule: false });
  await boss.start();
  await boss.send("bulk", { bulkActId: act });
  await boss.stop({ graceful: false });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const [letter, version, signatory, signature, admin] = [uuid(), uuid(), uuid(), uuid(), uuid()];
  await client.query(`
    INSERT INTO letter (id, slug, organiser_name, locale, created_at, updated_at) VALUES ('${letter}', 'l', 'O', 'en', now(), now());
    INSERT INTO letter_version (id, letter_id, number, created_at) VALUES ('${version}', '${letter}', 1, now());
    INSERT INTO signatory (id, kind) VALUES ('${signatory}', 'INDIVIDUAL');
    INSERT INTO signature (id, letter_id, letter_version_id, signatory_id, locale, state, visibility, updates,
      consent_version, consent_at, submitted_at, lapses_at, quarantine, unproven)
    VALUES ('${signature}', '${letter}', '${version}', '${signatory}', 'en', 'PENDING', 'PUBLIC', false, 'c', now(), now(), now(),
      'INVALIDATED', true);
    INSERT INTO admin (id, address_hash, address, created_at) VALUES ('${admin}', 'h', 'a', now());
    INSERT INTO bulk_act (id, letter_id, admin_id, state, conditions, total, created_at)
    VALUES ('${act}', '${letter}', '${admin}', 'DONE', 'c', 1, now());
    INSERT INTO bulk_item (bulk_act_id, signature_id, state, before)
    VALUES ('${act}', '${signature}', 'DONE', '{"state": "PENDING", "quarantine": "UNPROVEN"}');
    INSERT INTO mail (id, message, state, payload, queued_at, not_before)
    VALUES ('${mail}', 'admin-sign-in', 'WAITING', '{"sealedToken": "t", "sealedAddress": "a", "locale": "en"}', now(), now());
    INSERT INTO mail_raise (key, count, until, admin_id) VALUES ('unproven', 250, now(), '${admin}')`);
  await migrate(database.url);
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

const rowOf = async (sql: string) => (await client.query(sql)).rows[0];

it("what is stored has today's words, and undoing, mails, jobs and limits go on", async () => {
  expect(await rowOf("SELECT hold, unchecked FROM signature")).toEqual({ hold: "BULK", unchecked: true });
  expect(await rowOf("SELECT before FROM bulk_item")).toEqual({
    before: { state: "PENDING", hold: "UNCHECKED" },
  });
  expect(await rowOf(`SELECT payload FROM mail WHERE id = '${mail}'`)).toEqual({
    payload: { encryptedToken: "t", encryptedAddress: "a", locale: "en" },
  });
  expect(await rowOf("SELECT data FROM pgboss.job WHERE name = 'bulk'")).toEqual({
    data: { bulkActionId: act },
  });
  expect(await rowOf("SELECT key FROM mail_raise")).toEqual({ key: "unchecked" });
});
