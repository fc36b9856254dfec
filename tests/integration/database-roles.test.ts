import { afterAll, beforeAll, expect, it } from "vitest";
import { prepareDatabase } from "@/bin/launch/database";
import { db } from "@/lib/db/client";
import { startWorker } from "@/lib/jobs/worker";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { fillMissingForms } from "@/lib/signatories/reindex-list";
import { clearTraces } from "@/lib/signatures/erasure/clear-traces";
import { withdrawSignatures } from "@/lib/signatures/withdraw-signatures";
import { runSql } from "../support/database";
import { makeDeployedDatabase } from "../support/deployment";
import { individual, NOW, openLetter } from "../support/letters";
import { logged } from "../support/logged";
import { moderator, waitingSignature } from "../support/moderators";
import { type OwnCluster, startOwnCluster } from "../support/own-cluster";

let cluster: OwnCluster;
let urls: Awaited<ReturnType<typeof makeDeployedDatabase>>;

beforeAll(async () => {
  cluster = await startOwnCluster();
  urls = await makeDeployedDatabase(cluster.url);
  expect((await prepareDatabase(urls.owner)).length).toBeGreaterThan(20);
  process.env.DATABASE_URL = urls.program;
});
afterAll(async () => {
  await db.$disconnect();
  await cluster.stop();
});

it("the program's role does all that the program does, and deletes for good", async () => {
  const { slug } = await openLetter();
  const email = "tracecanary@example.org";
  const seen = await waitingSignature(slug, individual({ name: "Ada Tracecanary", email }));
  await approveSignature({ admin: await moderator(), seen, now: NOW, asExpert: false });
  expect(await withdrawSignatures({ email, now: NOW })).toBe(1);
  const lines = await logged(async () => expect(await clearTraces(NOW)).toBe(1));
  expect(lines).not.toContain("left to the server's own checkpoints");
  expect(await cluster.filesWith("Tracecanary")).toEqual([]);

  const reports: string[] = [];
  const worker = await startWorker((line) => reports.push(line));
  await worker.stop();
  expect(reports).toEqual([]);
  await fillMissingForms(urls.program);
  // A second start of a version changes nothing, whoever it is that asks.
  expect(await prepareDatabase(urls.owner)).toEqual([]);
});

it.each([
  "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
  "DROP TRIGGER audit_entry_only_grows ON audit_entry",
  "DROP TABLE audit_link",
  "ALTER TABLE audit_entry RENAME TO other",
  "SET session_replication_role = replica",
  "DELETE FROM audit_entry",
  "TRUNCATE audit_entry CASCADE",
  "ALTER SCHEMA public OWNER TO undersigned",
  "SET ROLE undersigned_owner",
  "REASSIGN OWNED BY undersigned_owner TO undersigned",
  "CREATE TABLE public.other (id int)",
  "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
])("the program's role cannot: %s", async (statement) => {
  await expect(runSql(urls.program, statement)).rejects.toThrow(
    /must be owner|permission denied|only grow|must be able to|must be member/i,
  );
});
