import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { UNCHECKED_WAITING } from "@/lib/abuse/limits/limits";
import { type App, startApp } from "../support/app";
import { runSql } from "../support/database";
import { individualForm, inLanes, post } from "../support/post";

// A script signs without proof of work: every field full, few addresses, again and again, many networks.
const SIGNINGS = Number(process.env.TRIAL_SIGNINGS ?? 50_000);
const ADDRESSES = Number(process.env.TRIAL_ADDRESSES ?? SIGNINGS / 10);
const LANES = 32;
// Networks as a rented botnet has them; most of them IPv6 of a few hosts.
const NETWORKS = 500;

let app: App;
beforeAll(async () => {
  app = await startApp({
    environment: { TRUSTED_PROXIES: "127.0.0.1,::1", METRICS_TOKEN: "flood-token-of-some-length" },
  });
});
afterAll(() => app.stop());

const FULL = {
  title: "T".repeat(60),
  position: "P".repeat(120),
  affiliation: "A".repeat(160),
  comment: "C".repeat(1_500),
};

/** A network of its own for each, or a new /64 of one of a few /48. */
const networkOf = (place: number) =>
  place % 5 === 0
    ? `203.0.${(place / 5) % 2 === 0 ? 113 : 114}.${(place / 5) % (NETWORKS / 5)}`
    : `2001:db8:${place % 40}:${(place % 60_000).toString(16)}::1`;

/** Resident, external and heap memory of the web process, in MiB, as it tells itself. */
async function memory() {
  const answer = await fetch(`${app.url}/api/metrics`, {
    headers: { authorization: "Bearer flood-token-of-some-length" },
  });
  const text = await answer.text();
  const read = (name: string) =>
    Math.round(Number(new RegExp(`^${name} (\\S+)`, "m").exec(text)?.[1] ?? 0) / 2 ** 20);
  return {
    resident: read("process_resident_memory_bytes"),
    external: read("nodejs_external_memory_bytes"),
    heap: read("nodejs_heap_size_used_bytes"),
  };
}

type Stored = {
  bytes: number;
  signatures: number;
  unchecked: number;
  held: number;
  jobs: number;
  sent: number;
  counts: number;
};

async function stored(): Promise<Stored> {
  const [row] = await runSql<Stored>(
    app.databaseUrl,
    `SELECT pg_database_size(current_database())::float8 AS bytes,
      (SELECT count(*)::int FROM signature) AS signatures,
      (SELECT count(*)::int FROM signature WHERE unchecked AND state = 'PENDING') AS unchecked,
      (SELECT count(*)::int FROM mail WHERE state = 'HELD') AS held,
      (SELECT count(*)::int FROM mail WHERE state = 'WAITING') AS jobs,
      (SELECT count(*)::int FROM mail WHERE state = 'SENT') AS sent,
      (SELECT count(*)::int FROM rate_limit) + (SELECT count(*)::int FROM address_mail) AS counts`,
  );
  if (!row) throw new Error("no figures");
  return row;
}

it(`${SIGNINGS} signings over ${ADDRESSES} addresses without a proof of work leave bounded traces`, async () => {
  const before = { ...(await stored()), ...(await memory()) };
  const begun = Date.now();
  const answers = new Map<number, number>();
  const places = Array.from({ length: SIGNINGS }, (_, place) => place);
  await inLanes(LANES, places, async (place) => {
    const email = `flood${place % ADDRESSES}@d${place % ADDRESSES}.example`;
    const values = individualForm(email, { ...FULL, fullName: `Ada ${place} Exampleton` });
    const { status } = await post(app.url, "/letters/uyghurs/sign?as=individual", values, networkOf(place));
    answers.set(status, (answers.get(status) ?? 0) + 1);
  });
  const minutes = (Date.now() - begun) / 60_000;
  const after = { ...(await stored()), ...(await memory()) };
  // What can be given back is, once nobody asks any more.
  await pause(20_000);
  const quiet = await memory();
  console.log(
    JSON.stringify({ minutes, answers: [...answers], before, after, quiet, vm: machine() }, null, 1),
  );
  const mib = (after.bytes - before.bytes) / 2 ** 20;
  console.log(
    `${SIGNINGS} signings in ${minutes.toFixed(1)} min: ${after.signatures - before.signatures} rows, ${mib.toFixed(0)} MiB, ` +
      `${after.sent} mails sent, ${after.held} waiting; resident ${before.resident} → ${after.resident} → ${quiet.resident} MiB, ` +
      `external ${before.external} → ${after.external} → ${quiet.external} MiB`,
  );
  expect(after.unchecked).toBeLessThanOrEqual(2 * UNCHECKED_WAITING.most + LANES);
  expect(mib).toBeLessThan(400);
  // 300 an hour in slices of 25, the first at once, and what the letter may have before it is under pressure.
  expect(after.sent).toBeLessThanOrEqual(
    25 * (Math.ceil(minutes / 5) + 1) + 40 * (Math.ceil(minutes / 10) + 1),
  );

  // Somebody without JavaScript on their own network is still taken; with a proof, anybody is.
  const person = individualForm("person@own.example", { fullName: "Zoë Örnek" });
  const { status } = await post(app.url, "/letters/uyghurs/sign?as=individual", person, "198.51.100.77");
  expect(status).toBe(303);
});

const machine = () => readFileSync("/proc/loadavg", "utf8").trim();
