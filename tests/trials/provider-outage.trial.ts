import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { LIMITS } from "@/lib/abuse/limits/limits";
import { db } from "@/lib/db/client";
import { enqueueMail } from "@/lib/mail/outbox";
import { lookAtGate } from "@/lib/mail/sending/gate";
import { mailTurn } from "@/lib/mail/sending/turn";
import { signLetter } from "@/lib/signatures/sign-letter";
import { createDatabase, type OwnDatabase, runSql } from "../support/database";
import { individual, openLetter } from "../support/letters";
import { type Behaviour, type ResendStandIn, startResendStandIn } from "../support/resend-stand-in";

// The provider is down for a day, in several ways one after the other, while people go on signing. Time is
// simulated: a function of the trial's stands before the database's own now() on the search path of its
// sessions, and the worker's turns take its time as theirs. Nothing else is replaced: real statements, real
// HTTP, three workers that look at every step.
const MAILS = Number(process.env.TRIAL_MAILS ?? 5_000);
const WORKERS = 3;
const RATE = 2;
const HOUR = 3_600_000;
const START = Date.now();
const DOWN = { from: START + HOUR, to: START + 25 * HOUR };
const LAST_ARRIVAL = START + 26 * HOUR;
/** More than two calls' worth, in the minute in which the provider begins to fail. */
const BURST = Math.min(250, MAILS / 2);
/** When the mails are caused. */
const ARRIVALS = [
  ...Array.from(
    { length: MAILS - BURST },
    (_, at) => START + (at * (LAST_ARRIVAL - START)) / (MAILS - BURST),
  ),
  ...Array.from({ length: BURST }, () => DOWN.from + 1_000),
].toSorted((a, b) => a - b);

/** How the provider fails, by the hour since it began. */
const FAILURES: [until: number, behaviour: Behaviour][] = [
  // Takes a call just before it goes: when it is back, it has forgotten the key.
  [1 / 60, "accept-and-reset"],
  [6, "reset"],
  [12, { status: 503, name: "service_unavailable" }],
  [16, { status: 500, page: "<h1>Internal error</h1>" }],
  [20, { status: 429, name: "rate_limit_exceeded", headers: { "retry-after": "60" } }],
  [22, { status: 403, name: "validation_error" }],
  // Takes the mails and never says so: what is sent again must be the same.
  [24, "accept-and-reset"],
];

let database: OwnDatabase;
let provider: ResendStandIn;

/** The time of the sessions of this trial. */
const clock = {
  at: START,
  now: () => clock.at,
  async setTime(at: number): Promise<void> {
    clock.at = Math.ceil(at);
    await db.$executeRaw`UPDATE simulated.time SET at = to_timestamp(${clock.at}::float8 / 1000)`;
  },
};
const queued = new Map<string, { at: number; awaited: boolean }>();

beforeAll(async () => {
  database = await createDatabase(inject("postgres"));
  const url = new URL(database.url);
  await runSql(
    database.url,
    `CREATE SCHEMA simulated; CREATE TABLE simulated.time AS SELECT to_timestamp(${START / 1_000}) AS at;
    CREATE FUNCTION simulated.now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT at FROM simulated.time'`,
  );
  url.searchParams.set("options", "-c search_path=simulated,public,pg_catalog");
  process.env.DATABASE_URL = url.href;
  // What is held for a limit is another trial's.
  LIMITS.signings.points = LIMITS.signingsOfLetter.points = 1_000_000;
  provider = await startResendStandIn({ clock: () => clock.now(), callsPerSecond: RATE });
  process.env.RESEND_API_KEY = "re_test";
  process.env.RESEND_BASE_URL = provider.url;
});
afterAll(async () => {
  await db.$disconnect();
  await provider?.stop();
  await database?.drop();
});

/** Makes the mails that are due to be caused by now: most are awaited, every fifth is not. */
async function cause(slug: string, signatureId: string, number: number): Promise<void> {
  const awaited = number % 5 !== 0;
  if (awaited) {
    const input = individual({ email: `zoe@mail${number}.example` });
    await signLetter({ slug, locale: "en", input, now: new Date(clock.now()) });
  } else {
    await db.$transaction((tx) => enqueueMail(tx, { message: "signature-standing", signatureId }));
  }
}

async function noteQueued(): Promise<void> {
  for (const { id, queuedAt, priority } of await db.mail.findMany())
    queued.set(id, { at: queuedAt.getTime(), awaited: priority > 0 });
}

/** Whose standing the mails that nobody awaits tell. */
async function verifiedSignature(slug: string): Promise<string> {
  await signLetter({
    slug,
    locale: "en",
    input: individual({ email: "first@first.example" }),
    now: new Date(START),
  });
  const { id } = await db.signature.findFirstOrThrow();
  await db.signature.update({ where: { id }, data: { state: "VERIFIED", verifiedAt: new Date(START) } });
  await db.mail.deleteMany();
  return id;
}

const reports: string[] = [];
const work = { now: () => new Date(clock.now()), report: (line: string) => void reports.push(line) };

function behave(): void {
  const now = clock.now();
  const hours = (now - DOWN.from) / HOUR;
  const failing = now >= DOWN.from && now < DOWN.to;
  provider.always(failing ? (FAILURES.find(([until]) => hours < until)?.[1] ?? "accept") : "accept");
}

const waiting = () => db.mail.count({ where: { state: "WAITING" } });

describe("a provider that is down for a day", () => {
  it("gets every mail once, in the order of age, never faster than it allows, and what nobody knows is listed", async () => {
    const { slug } = await openLetter({ opensAt: new Date(START - HOUR) });
    const signatureId = await verifiedSignature(slug);
    let caused = 0;
    let drainedAt = 0;
    const began = Date.now();
    for (;;) {
      while ((ARRIVALS[caused] ?? Number.POSITIVE_INFINITY) <= clock.now())
        await cause(slug, signatureId, caused++);
      behave();
      await Promise.all(Array.from({ length: WORKERS }, () => mailTurn(work)));
      const { due, waitMs } = await lookAtGate("resend");
      if (!due && clock.now() >= DOWN.to && drainedAt === 0) drainedAt = clock.now();
      if (!due && caused === MAILS) break;
      const arrival = ARRIVALS[caused] ?? Number.POSITIVE_INFINITY;
      const gate = due ? clock.now() + Math.max(waitMs, 1) : Number.POSITIVE_INFINITY;
      await clock.setTime(Math.max(Math.min(arrival, gate), clock.now() + 1));
    }
    await noteQueued();
    const sent = provider.accepted.map(({ tags }) => tags[0]?.value ?? "");
    const duringOutage = provider.calls.filter(({ at }) => at >= DOWN.from && at < DOWN.to).length;
    const unknown = await db.mail.findMany({ where: { state: "FAILED", error: "unknown" } });
    const recorded = await db.mail.groupBy({ by: ["state"], _count: true, orderBy: { state: "asc" } });
    const figures = {
      mails: MAILS,
      workers: WORKERS,
      "calls in all": provider.calls.length,
      "calls while it was down": duringOutage,
      "most calls in one second": provider.busiestSecond(),
      "delivered once": new Set(sent).size,
      "delivered twice": sent.length - new Set(sent).size,
      "listed as unknown": unknown.length,
      "of these delivered": unknown.filter(({ id }) => sent.includes(id)).length,
      "out of order, awaited": inversions(sent, true),
      "out of order, others": inversions(sent, false),
      "waiting at the end": await waiting(),
      "backlog gone after (simulated minutes)": ((drainedAt - DOWN.to) / 60_000).toFixed(1),
      "run time (s)": ((Date.now() - began) / 1_000).toFixed(0),
    };
    console.table(figures);
    // One call at most is unanswered at a time, and nobody can say of it what became of it.
    expect(recorded).toEqual([
      { state: "SENT", _count: MAILS - unknown.length },
      { state: "FAILED", _count: unknown.length },
    ]);
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.length).toBeLessThanOrEqual(100);
    expect(sent).toHaveLength(MAILS);
    expect(new Set(sent).size).toBe(MAILS);
    expect(figures["out of order, awaited"] + figures["out of order, others"]).toBe(0);
    expect(figures["most calls in one second"]).toBeLessThanOrEqual(RATE);
    expect(figures["waiting at the end"]).toBe(0);
    // A probe about every five minutes, not a hammer.
    expect(duringOutage).toBeLessThan(600);
    expect(provider.calls.some(({ at }) => at >= DOWN.to)).toBe(true);
  });
});

/** How many mails of a kind went out before an older one of that kind. */
function inversions(sent: string[], awaited: boolean): number {
  const times = sent.flatMap((id) => {
    const job = queued.get(id);
    return job?.awaited === awaited ? [job.at] : [];
  });
  let newest = 0;
  return times.filter((at) => {
    const late = at < newest;
    newest = Math.max(newest, at);
    return late;
  }).length;
}
