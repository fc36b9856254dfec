import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, startApp } from "../support/app";
import { runSql } from "../support/database";
import { canHaveSmallDisk, type SmallDisk, startOnSmallDisk } from "../support/small-disk";

const REFUSALS = 8;
const possible = canHaveSmallDisk();
let disk: SmallDisk;
let app: App;
beforeAll(async () => {
  if (!possible) return;
  disk = await startOnSmallDisk();
  app = await startApp({ worker: false, databaseUrl: disk.url });
});
afterAll(async () => {
  await app?.stop();
  await disk?.stop();
});

const FORM = {
  form: "sign",
  country: "GB",
  visibility: "public",
  consent: "on",
  comment: "word ".repeat(300),
};

async function sign(number: number): Promise<number> {
  const values = { ...FORM, fullName: `Ada Exampleton ${number}`, email: `ada@full-${number}.example` };
  const { status } = await fetch(`${app.url}/letters/uyghurs/sign?as=individual`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: app.url, accept: "application/json" },
    body: new URLSearchParams(values),
  });
  return status;
}

async function ready(): Promise<[number, unknown]> {
  const answer = await fetch(`${app.url}/api/ready`);
  return [answer.status, await answer.json()];
}

/** How many rows each part of a signature has; a whole signature has one of each, or its mail is held. */
const PARTS = `SELECT count(*)::int AS signatures, count(g.id)::int AS signatories, count(k.signature_id)::int AS keys,
  count(COALESCE(t.token_hash, h.address_hash))::int AS tokens, count(COALESCE(j.id, h.id))::int AS mails, count(a.id)::int AS audited
  FROM signature s LEFT JOIN signatory g ON g.id = s.signatory_id LEFT JOIN signature_key k ON k.signature_id = s.id
  LEFT JOIN mail h ON h.address_hash = s.address_hash AND h.state = 'HELD' LEFT JOIN confirmation_link t ON t.mailbox_hash = s.mailbox_hash
  LEFT JOIN mail j ON j.mailbox_hash = s.mailbox_hash
  LEFT JOIN audit_entry a ON a.signature_id = s.id WHERE s.state = 'PENDING'`;

describe.skipIf(!possible)("a database whose disk is full", () => {
  it("acknowledges nothing that it cannot keep, keeps nothing by halves, and goes on once there is room", async () => {
    const soon = { timeout: 60_000, interval: 500 };
    await expect.poll(() => sign(0), soon).toBe(200);
    expect((await fetch(`${app.url}/letters/uyghurs`)).status).toBe(200);
    const empty = [200, { status: "ready", database: true, queue: true, disk: true }];
    await expect.poll(ready, soon).toEqual(empty);
    await disk.fill();
    // Reading goes on, so that only an attempt to write tells.
    const full = [503, { status: "not ready", database: true, queue: true, disk: false }];
    await expect.poll(ready, soon).toEqual(full);
    const statuses: number[] = [];
    const refused = () => statuses.filter((status) => status === 503).length;
    for (let number = 1; number <= 300 && refused() < REFUSALS; number++) statuses.push(await sign(number));
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(refused()).toBe(REFUSALS);
    expect((await fetch(`${app.url}/letters/uyghurs`)).status).toBe(200);

    await disk.free();
    await expect.poll(() => sign(999), soon).toBe(200);
    await expect.poll(ready, soon).toEqual(empty);
    const acknowledged = statuses.filter((status) => status === 200).length + 2;
    const [parts] = await runSql<Record<string, number>>(disk.url, PARTS);
    expect(new Set(Object.values(parts ?? {}))).toEqual(new Set([acknowledged]));
    expect(app.log()).toContain("53100");
    expect(app.log()).not.toMatch(/Exampleton|@full/);
  });
});
