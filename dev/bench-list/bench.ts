import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { LIMITS } from "@/lib/abuse/limits/limits";
import { CHANGES_CHANNEL, letterTag } from "@/lib/cache/changes";
import { db } from "@/lib/db/client";
import { publishLetter } from "@/lib/letters/publish-letter";
import { encodeCursor } from "@/lib/signatories/list-query";
import { sampleLetter } from "@/prisma/sample/letter";
import { signAndApprove } from "../local/sign-and-approve";
import { withTemporaryApp } from "../local/temporary-app";
import { fillLists } from "./fill-list";

/**
 * Measures the public list at several sizes: each page made anew, in turn, while signatures are approved.
 * `BENCH_SIZES` (the first is what the others are compared with) and `BENCH_ROUNDS`.
 */
const SIZES = (process.env.BENCH_SIZES ?? "1000,100000,1000000").split(",").map(Number);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 25);
const APPROVALS_PER_SECOND = 2;
/** By then every process has heard that something changed. */
const HEARD_MS = 30;

/** In the middle of the alphabet, among the others. */
const deep = () =>
  encodeCursor({ by: "NAME", section: "OTHERS", sortKey: "m", id: "80000000-0000-4000-8000-000000000000" });

/** What is asked for, below the list's address; searches for what is common, rare, mistyped and not there. */
const SUBJECTS: Record<string, () => string> = {
  "first page": () => "signatories",
  "deep page": () => `signatories?after=${deep()}`,
  "filter by kind": () => "signatories?kind=individual",
  "filter by country": () => "signatories?country=GB",
  "filter by experts": () => "signatories?kind=expert&country=AD",
  "API page": () => `api?limit=100&cursor=${deep()}`,
  "search, common name": () => "signatories?q=maria",
  "search, name and place": () => "signatories?q=oxford+nowak",
  "search, Chinese name": () => `signatories?q=${encodeURIComponent("王伟")}`,
  "search, rare name": () => "signatories?q=banedor+ali",
  "search, typing error": () => "signatories?q=kowalczjk",
  "search, nothing": () => "signatories?q=xyzzyx+qwertz",
};

type Subject = { name: string; size: number; p50_ms: number; ratio: number };

/** @param json prints the figures for programs instead */
export async function benchList(json: boolean): Promise<void> {
  await withTemporaryApp({ mail: false, environment: { LOG_LEVEL: "warn" } }, async ({ url }) => {
    const say = (line: string) => json || process.stdout.write(`${line}\n`);
    const letters = await fill(say);
    const approving = approveOn([...letters.values()]);
    const times = await measure(url, letters, say);
    const approved = await approving.stop();
    const subjects = figures(times);
    if (json) process.stdout.write(`${JSON.stringify({ subjects }, null, 2)}\n`);
    else report(subjects, approved);
    await db.$disconnect();
  });
}

async function fill(say: (line: string) => unknown): Promise<Map<number, string>> {
  const now = new Date();
  const letters = new Map<number, string>();
  const sizes = new Map<string, number>();
  for (const size of SIZES) {
    const slug = `list-of-${size}`;
    sizes.set(await publishLetter({ ...sampleLetter(now), slug, featured: false }, now), size);
    letters.set(size, slug);
  }
  say(`Filling lists of ${SIZES.join(", ")} names …`);
  await fillLists(String(process.env.DATABASE_URL), sizes);
  return letters;
}

/** Signs and approves, letter after letter, until it is stopped: more often than people do without a proof of work. */
function approveOn(slugs: string[]): { stop(): Promise<number> } {
  for (const limit of [LIMITS.signings, LIMITS.signingsOfLetter]) limit.points = 1_000_000;
  let approved = 0;
  let stopped = false;
  const running = (async () => {
    while (!stopped) {
      const place = ++approved;
      const [slug = ""] = slugs.slice(place % slugs.length);
      await signAndApprove(slug, someone(place), new Date());
      await pause(1_000 / APPROVALS_PER_SECOND);
    }
  })();
  const stop = async () => {
    stopped = true;
    await running;
    return approved;
  };
  return { stop };
}

function someone(place: number) {
  const fields = { title: null, position: null, affiliation: null, website: null, orcid: null };
  const signatory = {
    ...fields,
    name: `Approved Person ${place}`,
    representativeName: null,
    representativeRole: null,
  };
  const email = `bench-${place}@bench-${place}.example.org`;
  const kind = "INDIVIDUAL" as const;
  return {
    kind,
    email,
    country: "GB",
    visibility: "PUBLIC" as const,
    updates: false,
    comment: null,
    signatory,
  };
}

type Times = Map<string, Map<number, number[]>>;

async function measure(
  url: string,
  letters: Map<number, string>,
  say: (line: string) => unknown,
): Promise<Times> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const times: Times = new Map(
    Object.keys(SUBJECTS).map((name) => [name, new Map(SIZES.map((size) => [size, []]))]),
  );
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, address] of Object.entries(SUBJECTS)) {
      for (const [size, slug] of letters) {
        await client.query("SELECT pg_notify($1, $2)", [CHANGES_CHANNEL, letterTag(slug)]);
        await pause(HEARD_MS);
        const ms = await timed(`${url}${pathOf(slug, address())}`);
        if (round > 0) times.get(name)?.get(size)?.push(ms);
      }
    }
    if (round % 5 === 0) say(`round ${round} of ${ROUNDS}`);
  }
  await client.end();
  return times;
}

const pathOf = (slug: string, address: string) =>
  address.startsWith("api")
    ? `/api/v1/letters/${slug}/signatories${address.slice(3)}`
    : `/letters/${slug}/${address}`;

async function timed(url: string): Promise<number> {
  const begun = performance.now();
  const answer = await fetch(url);
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return performance.now() - begun;
}

const median = (values: number[]) =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
const rounded = (value: number) => Math.round(value * 100) / 100;

function figures(times: Times): Subject[] {
  return [...times].flatMap(([name, bySize]) => {
    const first = median(bySize.get(SIZES[0] ?? 0) ?? []);
    return [...bySize].map(([size, values]) => {
      const p50 = median(values);
      return { name, size, p50_ms: rounded(p50), ratio: rounded(p50 / first) };
    });
  });
}

function report(subjects: Subject[], approved: number): void {
  process.stdout.write(
    `\nMedian of ${ROUNDS} rounds, each page made anew; ${approved} approvals meanwhile\n`,
  );
  for (const { name, size, p50_ms, ratio } of subjects)
    process.stdout.write(
      `${name.padEnd(26)} ${String(size).padStart(9)} ${p50_ms.toFixed(1).padStart(8)} ms ${ratio.toFixed(2).padStart(6)}\n`,
    );
}
