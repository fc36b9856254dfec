import pg from "pg";
import { PgBoss } from "pg-boss";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { migrate } from "@/lib/db/migrate";
import { migrationNames } from "@/lib/db/migrations-folder";
import { prepareQueue } from "@/lib/jobs/prepare-queue";
import { createDatabase, EMPTY_TEMPLATE, type OwnDatabase } from "../support/database";

/** The migrations before one, and so many more. */
async function upTo(name: string, more: number): Promise<string[]> {
  const names = await migrationNames();
  return names.slice(0, names.findIndex((one) => one.endsWith(name)) + more);
}

let database: OwnDatabase;
let client: pg.Client;
const signature = uuid();
const [waiting, inCall, first, failed, sent] = [uuid(), uuid(), uuid(), uuid(), uuid()];
const [triedAgain, sentAlready, alone] = [uuid(), uuid(), uuid()];
const call = uuid();

beforeAll(async () => {
  database = await createDatabase(inject("postgres"), EMPTY_TEMPLATE);
  await migrate(database.url, await upTo("_outbox", 0));
  await prepareQueue(database.url);
  const boss = new PgBoss({ connectionString: database.url, supervise: false, schedule: false });
  await boss.start();
  await boss.createQueue("mail");
  const about = (message: string) => ({ message, signatureId: signature });
  const link = { ...about("confirm-signature"), sealedToken: "x1.own.sealed" };
  for (const [id, data] of [
    [waiting, link],
    [inCall, about("signature-standing")],
    [first, { message: "admin-sign-in", sealedToken: "t", sealedAddress: "a", locale: "en" }],
    [triedAgain, link],
    [sentAlready, link],
    [alone, about("signature-approved")],
  ] as const)
    await boss.send("mail", data, { id, priority: id === waiting ? 1 : 0 });
  await boss.stop({ graceful: false });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const letter = uuid();
  const [version, signatory] = [uuid(), uuid()];
  await client.query(`
    INSERT INTO letter (id, slug, organiser_name, locale, created_at, updated_at) VALUES ('${letter}', 'l', 'O', 'en', now(), now());
    INSERT INTO letter_version (id, letter_id, number, created_at) VALUES ('${version}', '${letter}', 1, now());
    INSERT INTO signatory (id, kind) VALUES ('${signatory}', 'INDIVIDUAL');
    INSERT INTO signature (id, letter_id, letter_version_id, signatory_id, locale, state, visibility, updates, spelling_hash,
      consent_version, consent_at, submitted_at, lapses_at, mail_paused_until)
    VALUES ('${signature}', '${letter}', '${version}', '${signatory}', 'en', 'PENDING', 'PUBLIC', false, 'spelling', 'c', now(), now(), now(), now());
    INSERT INTO mail_batch (id, job_ids, created_at, unheard_at) VALUES ('${call}', ARRAY['${first}', '${inCall}']::uuid[], now(), '2026-11-01Z'),
      ('${alone}', ARRAY['${alone}']::uuid[], now(), '2026-11-01Z');
    INSERT INTO held_mail VALUES ('${signature}', 'address', 'domain', NULL, true, '2026-11-02Z', '2026-11-03Z');
    INSERT INTO delivery (id, message, signature_id, status, error, at, job) VALUES
      ('${failed}', 'confirm-signature', '${signature}', 'FAILED', 'too-old', '2026-11-04Z', '{}'),
      ('${triedAgain}', 'confirm-signature', '${signature}', 'FAILED', 'smtp-550', '2026-11-04Z', '{}'),
      ('${sentAlready}', 'confirm-signature', '${signature}', 'SENT', NULL, '2026-11-04Z', NULL),
      ('${sent}', 'confirm-signature', '${uuid()}', 'SENT', NULL, '2026-11-05Z', NULL)`);
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

it("takes over what waits, what is held and what became of mails, with the calls that were made", async () => {
  await migrate(database.url, await upTo("_outbox", 1));
  const { rows } = await client.query("SELECT * FROM mail");
  const row = (id: string) => rows.find((one) => one.id === id);
  expect(rows).toHaveLength(9);
  const about = { signature_id: signature, recipient: "spelling" };
  const link = { message: "confirm-signature", payload: { sealedToken: "x1.own.sealed" }, priority: 1 };
  expect(row(waiting)).toMatchObject({ ...about, ...link, state: "WAITING", batch_id: null });
  const unheard = { state: "WAITING", batch_id: call, unheard_at: new Date("2026-11-01Z") };
  expect(row(first)).toMatchObject({
    ...unheard,
    place: 1,
    payload: { sealedToken: "t", sealedAddress: "a", locale: "en" },
  });
  expect(row(inCall)).toMatchObject({ ...unheard, ...about, place: 2, payload: null });
  expect(row(failed)).toMatchObject({
    ...about,
    state: "FAILED",
    error: "too-old",
    done_at: new Date("2026-11-04Z"),
  });
  expect(row(triedAgain)).toMatchObject({
    ...about,
    ...link,
    priority: 0,
    state: "WAITING",
    error: null,
    done_at: null,
  });
  expect(row(sentAlready)).toMatchObject({ ...about, state: "SENT", payload: null });
  expect(row(alone)).toMatchObject({ ...unheard, batch_id: alone, place: null });
  expect(row(sent)).toMatchObject({ signature_id: null, state: "SENT" });
  expect(rows.find(({ state }) => state === "HELD")).toMatchObject({
    ...about,
    address_hash: "address",
    domain_key: "domain",
    unproven: true,
    queued_at: new Date("2026-11-02Z"),
    not_before: new Date("2026-11-03Z"),
  });
  expect((await client.query("SELECT 1 FROM pgboss.job WHERE name = 'mail'")).rows).toEqual([]);
});

it("goes on with one link for each mailbox: links that were mailed work, and what waited leaves with a link for all", async () => {
  await client.query(`
    UPDATE signature SET address_hash = 'address', spelling_hash = 'spelling';
    INSERT INTO signature_token (id, signature_id, purpose, hash, expires_at) VALUES (gen_random_uuid(), '${signature}', 'CONFIRM', 'hash', '2026-12-01Z')`);
  await migrate(database.url);
  expect((await client.query("SELECT mailbox_hash FROM signature")).rows).toEqual([
    { mailbox_hash: "spelling" },
  ]);
  expect((await client.query("SELECT * FROM confirmation_link")).rows).toEqual([
    {
      token_hash: "hash",
      mailbox_hash: "spelling",
      mailed_at: new Date("2026-11-24Z"),
      expires_at: new Date("2026-12-01Z"),
      used_at: null,
    },
  ]);
  const { rows } = await client.query("SELECT * FROM mail");
  const held = rows.filter(({ state }) => state === "HELD");
  expect(held).toMatchObject([{ address_hash: "address", signature_id: null, message: "confirm-signature" }]);
  expect(rows.filter(({ state, message }) => state === "WAITING" && message === "confirm-signature")).toEqual(
    [],
  );
  expect(rows.find(({ id }) => id === failed)).toMatchObject({
    mailbox_hash: "spelling",
    signature_id: null,
  });
});
