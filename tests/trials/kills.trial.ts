import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runSql } from "../support/database";
import { type FaultyPostgres, startFaultyPostgres } from "../support/faulty-postgres";
import { type Mortal, startMortals } from "../support/mortals";
import { type ResendStandIn, startResendStandIn } from "../support/resend-stand-in";

/** How often each of web, worker and database is killed. */
const KILLS = Number(process.env.KILLS ?? 100);
/** The trial is cut short after this; the figures then say how far it came. */
const LIMIT_MS = Number(process.env.KILLS_LIMIT_MINUTES ?? 20) * 60_000;
const VISITORS = 4;

let postgres: FaultyPostgres;
let provider: ResendStandIn;
let webs: Mortal[];
let workers: Mortal[];

beforeAll(async () => {
  postgres = await startFaultyPostgres();
  const [settings] = await runSql<Record<string, string>>(
    postgres.url,
    "SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit, current_setting('full_page_writes') AS pages",
  );
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
  ({ webs, workers } = await startMortals(environment, { webs: 2, workers: 2 }));
});
afterAll(async () => {
  await Promise.all([...(webs ?? []), ...(workers ?? [])].map((mortal) => mortal.stop()));
  await provider?.stop();
  await postgres?.stop();
});

const FORM = { form: "sign", fullName: "Ada Exampleton", country: "GB", visibility: "public", consent: "on" };

/** Signs, at whichever web answers, until somebody acknowledges it or the load is over. @returns the tries it took */
async function signUntilAcknowledged(
  email: string,
  first: number,
  isOver: () => boolean,
): Promise<number | null> {
  for (let tries = 1; ; tries++) {
    const web = webs[(first + tries) % webs.length] as Mortal;
    const status = await fetch(`${web.url}/letters/uyghurs/sign?as=individual`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: web.url },
      body: new URLSearchParams({ ...FORM, email }),
      signal: AbortSignal.timeout(8_000),
    }).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 303) return tries;
    if (status !== 0 && status !== 503) throw new Error(`an honest visitor was answered ${status}`);
    if (isOver()) return null;
    await pause(100);
  }
}

it(`${KILLS} times kill -9 of web, of worker and of the database lose nothing and send nothing twice`, async () => {
  const acknowledged: string[] = [];
  const kills = { web: 0, worker: 0, database: 0 };
  const begun = Date.now();
  const isOver = () => Object.values(kills).every((count) => count >= KILLS) || Date.now() - begun > LIMIT_MS;
  let retried = 0;

  const visitor = async (number: number) => {
    for (let round = 0; !isOver(); round++) {
      // A domain of its own each, as in life: limits per domain are another trial's.
      const email = `visitor@k${number}-${round}.example`;
      const tries = await signUntilAcknowledged(email, number + round, isOver);
      if (tries !== null) acknowledged.push(email);
      if (tries !== null && tries > 1) retried += 1;
      await pause(30 + Math.random() * 100);
    }
  };
  const killing = async (what: keyof typeof kills, kill: (turn: number) => Promise<void>) => {
    while (kills[what] < KILLS && !isOver()) {
      await pause(100 + Math.random() * 900);
      await kill(kills[what]);
      kills[what] += 1;
    }
  };
  const killOneOf = (mortals: Mortal[]) => async (turn: number) => {
    const mortal = mortals[turn % mortals.length] as Mortal;
    await mortal.kill();
    await mortal.start();
  };
  await Promise.all([
    ...Array.from({ length: VISITORS }, (_, number) => visitor(number)),
    killing("web", killOneOf(webs)),
    killing("worker", killOneOf(workers)),
    killing("database", async () => {
      await postgres.kill();
      await postgres.revive();
    }),
  ]);

  const mailsBy = () => countBy(provider.accepted.map(({ to }) => String(to)));
  const missing = () => acknowledged.filter((email) => !mailsBy().has(email));
  for (const limit = Date.now() + 180_000; missing().length > 0 && Date.now() < limit; ) await pause(500);
  // Whoever was cut off before an answer may have signed all the same, and gets a mail too.
  await quiet(() => provider.accepted.length);
  const pending = await runSql<{ count: number }>(
    postgres.url,
    "SELECT count(*)::int AS count FROM signature WHERE state = 'PENDING'",
  );
  const figures = {
    ...Object.fromEntries(Object.entries(kills).map(([what, count]) => [`kills of ${what}`, count])),
    minutes: Math.round((Date.now() - begun) / 6_000) / 10,
    acknowledged: acknowledged.length,
    "acknowledged after a retry": retried,
    stored: pending[0]?.count ?? 0,
    "acknowledged and without a mail": missing().length,
    "mailed twice": [...mailsBy().values()].filter((count) => count > 1).length,
    "calls at the provider": provider.calls.length,
    "mails accepted by the provider": provider.accepted.length,
  };
  console.table(figures);
  expect(Object.values(kills).every((count) => count >= KILLS)).toBe(true);
  expect(acknowledged.length).toBeGreaterThan(KILLS);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  expect(pending[0]?.count).toBeGreaterThanOrEqual(acknowledged.length);
  expect(provider.accepted.length).toBe(pending[0]?.count);
  expect(missing()).toEqual([]);
  expect(figures["mailed twice"]).toBe(0);
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
