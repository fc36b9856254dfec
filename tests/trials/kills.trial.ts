import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addressHash } from "@/lib/signatures/claim";
import { runSql } from "../support/database";
import { TEST_ENVIRONMENT } from "../support/environment";
import { type FaultyPostgres, startFaultyPostgres } from "../support/faulty-postgres";
import { type Mortal, startMortals } from "../support/mortals";
import { type ResendStandIn, startResendStandIn } from "../support/resend-stand-in";
import { ticked } from "../support/ticked";
import { withoutLimits } from "../support/without-limits";

/** How often each of web, worker and database is killed. */
const KILLS = Number(process.env.KILLS ?? 100);
/** How often the database is frozen, spread over its kills, and for how long. */
const FREEZES = Number(process.env.FREEZES ?? 5);
const FROZEN_MS = 10_000;
/** How long nothing else happens after a thaw: connections that were spoilt must have time to be used. */
const THAWED_MS = 5_000;
/** The trial is cut short after this; the figures then say how far it came. */
const LIMIT_MS = Number(process.env.KILLS_LIMIT_MINUTES ?? 20) * 60_000;
const VISITORS = 4;
const CONFIRMERS = 2;

let postgres: FaultyPostgres;
let provider: ResendStandIn;
let webs: Mortal[];
let workers: Mortal[];
let sample: Map<string, string>;
let stopForgetting: (() => Promise<void>) | undefined;

beforeAll(async () => {
  postgres = await startFaultyPostgres();
  const [settings] = await runSql<Record<string, string>>(
    postgres.url,
    "SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit, current_setting('full_page_writes') AS pages",
  );
  sample = await storedStates();
  // What is said to be stored must be on disk, as in production.
  expect(settings).toEqual({ fsync: "on", commit: "on", pages: "on" });
  provider = await startResendStandIn();
  // Long enough for kills to fall between the provider's yes and our record of it.
  provider.always({ answerAfterMs: 250 });
  const environment = {
    DATABASE_URL: postgres.url,
    RESEND_API_KEY: "re_test",
    RESEND_BASE_URL: provider.url,
    MAIL_RATE: "50",
  };
  stopForgetting = withoutLimits(postgres.url);
  ({ webs, workers } = await startMortals(environment, { webs: 2, workers: 2 }));
});
afterAll(async () => {
  await stopForgetting?.();
  await Promise.all([...(webs ?? []), ...(workers ?? [])].map((mortal) => mortal.stop()));
  await provider?.stop();
  await postgres?.stop();
});

const FORM = { form: "sign", fullName: "Ada Exampleton", country: "GB", visibility: "public", consent: "on" };

type Answer = { status: number; location: string };

/** Asks one web after the other until one of them says yes, or the load is over. @returns how often it took */
async function insist(first: number, isOver: () => boolean, ask: (web: Mortal) => Promise<Answer>) {
  for (let tries = 1; ; tries++) {
    const web = webs[(first + tries) % webs.length] as Mortal;
    const { status, location } = await ask(web).catch(() => ({ status: 0, location: "" }));
    if (status === 303 && !location.includes("changed")) return tries;
    if (![0, 303, 503].includes(status)) throw new Error(`an honest visitor was answered ${status}`);
    if (isOver()) return null;
    await pause(100);
  }
}

async function postTo(web: Mortal, path: string, values: Record<string, string>): Promise<Answer> {
  const { status, headers } = await fetch(web.url + path, {
    method: "POST",
    redirect: "manual",
    headers: { origin: web.url },
    body: new URLSearchParams(values),
    signal: AbortSignal.timeout(8_000),
  });
  return { status, location: headers.get("location") ?? "" };
}

const sign = (email: string) => (web: Mortal) =>
  postTo(web, "/letters/uyghurs/sign?as=individual", { ...FORM, email });

/** Confirms by the link in a mail: what its page shows, as whoever signed again in vain has changed it. */
const confirm = (text: string) => async (web: Mortal) => {
  const [path = ""] = /\/signatures\/[\w-]+\/confirm/.exec(text) ?? [];
  const page = await fetch(web.url + path, { signal: AbortSignal.timeout(8_000) });
  const values = ticked(await page.text());
  // Without a form: refused for now, or done already by a try that was not answered.
  if (!values) return { status: page.status === 200 ? 303 : page.status, location: "" };
  return postTo(web, path, values);
};

/** The addresses of stored signatures, as their hashes, each with its state. */
async function storedStates(): Promise<Map<string, string>> {
  const text = "SELECT address_hash AS hash, state::text FROM signature WHERE address_hash IS NOT NULL";
  const rows = await runSql<{ hash: string; state: string }>(postgres.url, text);
  return new Map(rows.map(({ hash, state }) => [hash, state]));
}

it(`${KILLS} times kill -9 of web, of worker and of the database, and freezes, lose nothing and send nothing twice`, async () => {
  const acknowledged: string[] = [];
  const confirmed: string[] = [];
  const kills = { web: 0, worker: 0, database: 0 };
  const begun = Date.now();
  const isOver = () => Object.values(kills).every((count) => count >= KILLS) || Date.now() - begun > LIMIT_MS;
  let retried = 0;
  let freezes = 0;
  /** Nothing is killed while the database is frozen, nor just afterwards. */
  let calm = Promise.resolve();

  const visitor = async (number: number) => {
    for (let round = 0; !isOver(); round++) {
      // A domain of its own each, as in life: limits per domain are another trial's.
      const email = `visitor@k${number}-${round}.example`;
      const tries = await insist(number + round, isOver, sign(email));
      if (tries !== null) acknowledged.push(email);
      if (tries !== null && tries > 1) retried += 1;
      await pause(30 + Math.random() * 100);
    }
  };
  // Each in a transaction of several statements, beside the workers' own.
  const confirmer = async (number: number) => {
    for (let index = number; !isOver(); ) {
      // Only once it was acknowledged: signing again what is confirmed would cause another mail.
      const mail = provider.accepted.find(({ to }) => String(to) === acknowledged[index]);
      if (mail && (await insist(number, isOver, confirm(mail.text)))) confirmed.push(String(mail.to));
      if (mail) index += CONFIRMERS;
      else await pause(100);
    }
  };
  const killing = async (what: keyof typeof kills, kill: (turn: number) => Promise<void>) => {
    while (kills[what] < KILLS && !isOver()) {
      await pause(100 + Math.random() * 900);
      await calm;
      await kill(kills[what]);
      kills[what] += 1;
    }
  };
  const killOneOf = (mortals: Mortal[]) => async (turn: number) => {
    const mortal = mortals[turn % mortals.length] as Mortal;
    await mortal.kill();
    await mortal.start();
  };
  const freeze = async () => {
    await postgres.freeze();
    await pause(FROZEN_MS);
    await postgres.thaw();
    await pause(THAWED_MS);
    freezes += 1;
  };
  const isFreezeDue = (turn: number) => Math.floor(((turn + 1) * FREEZES) / KILLS) > freezes;
  await Promise.all([
    ...Array.from({ length: VISITORS }, (_, number) => visitor(number)),
    ...Array.from({ length: CONFIRMERS }, (_, number) => confirmer(number)),
    killing("web", killOneOf(webs)),
    killing("worker", killOneOf(workers)),
    killing("database", async (turn) => {
      if (isFreezeDue(turn)) {
        calm = freeze();
        await calm;
      }
      await postgres.kill();
      await postgres.revive();
    }),
  ]);

  const mailsBy = () => countBy(provider.accepted.map(({ to }) => String(to)));
  const missing = () => acknowledged.filter((email) => !mailsBy().has(email));
  for (const limit = Date.now() + 180_000; missing().length > 0 && Date.now() < limit; ) await pause(500);
  // Whoever was cut off before an answer may have signed all the same, and gets a mail too.
  await quiet(() => provider.accepted.length);
  const stored = await storedStates();
  const signed = [...stored.keys()].filter((hash) => !sample.has(hash));
  const stateOf = (email: string) => stored.get(addressHash(email));
  const lost = acknowledged.filter((email) => !stateOf(email));
  const unconfirmed = confirmed.filter((email) => stateOf(email) !== "VERIFIED");
  const toOthers = provider.accepted.map(({ to }) => String(to)).filter((email) => !stateOf(email));
  const figures = {
    ...Object.fromEntries(Object.entries(kills).map(([what, count]) => [`kills of ${what}`, count])),
    "freezes of database": freezes,
    minutes: Math.round((Date.now() - begun) / 6_000) / 10,
    acknowledged: acknowledged.length,
    "acknowledged after a retry": retried,
    stored: signed.length,
    "acknowledged and not stored": lost.length,
    "confirmations acknowledged": confirmed.length,
    "confirmations acknowledged and not stored": unconfirmed.length,
    "acknowledged and without a mail": missing().length,
    "mailed twice": [...mailsBy().values()].filter((count) => count > 1).length,
    "calls at the provider": provider.calls.length,
    "mails accepted by the provider": provider.accepted.length,
    "of them to others than signers": toOthers.length,
  };
  console.table(figures);
  expect(Object.values(kills).every((count) => count >= KILLS)).toBe(true);
  expect(freezes).toBe(FREEZES);
  expect(acknowledged.length).toBeGreaterThan(KILLS);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  expect(confirmed.length).toBeGreaterThan(0);
  expect([lost, unconfirmed, missing()]).toEqual([[], [], []]);
  expect(figures["mailed twice"]).toBe(0);
  // What waits is told to those who look after it.
  expect(toOthers.filter((email) => email !== TEST_ENVIRONMENT.ADMIN_EMAILS)).toEqual([]);
  expect(signed.length).toBe(provider.accepted.length - toOthers.length);
});

function countBy(values: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Waits until a number has not changed for 10 s. */
async function quiet(read: () => number): Promise<void> {
  for (let last = read(), since = Date.now(); Date.now() - since < 10_000; await pause(200)) {
    if (read() !== last) since = Date.now();
    last = read();
  }
}
