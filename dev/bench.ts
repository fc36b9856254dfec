import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import autocannon, { type Request } from "autocannon";
import pg from "pg";
import { PROJECT } from "@/lib/project-folder";
import { benchList } from "./bench-list/bench";
import { buildAll, runTool } from "./local/build";
import { withTemporaryApp } from "./local/temporary-app";

/**
 * Measures reading the letter and signing it, each against a bare route of the same server, in turn, round by round.
 * Prints requests per second (median of the rounds) and ratios; judges nothing. `BENCH_ROUNDS` and `BENCH_SECONDS`.
 */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
const CONNECTIONS = 20;
/** Forms answer in even time (`lib/http/constant-time.ts`): with few connections the bench would measure the waiting. */
const POSTING_CONNECTIONS = 100;

type Case = { name: string; request: Request };

const FORM = { "content-type": "application/x-www-form-urlencoded", accept: "application/json" };

const BROWSER = { "accept-encoding": "gzip, deflate, br" };

let visitor = 0;
/** A form as a browser sends it, each time from another mailbox. */
function signatureForm(): string {
  const email = `bench-${++visitor}-${randomBytes(4).toString("hex")}@example.org`;
  const values = {
    form: "sign",
    fullName: "Ada Exampleton",
    title: "Dr",
    position: "Reader",
    affiliation: "University of Example",
  };
  return new URLSearchParams({
    ...values,
    country: "GB",
    email,
    orcid: "",
    visibility: "public",
    consent: "on",
    comment: "",
  }).toString();
}

function cases(origin: string): Case[] {
  const post = (path: string): Request => ({
    method: "POST",
    path,
    headers: { ...FORM, origin },
    setupRequest: (request) => ({ ...request, body: signatureForm() }),
  });
  return [
    { name: "bare prerendered page", request: { method: "GET", path: "/api/bench/page" } },
    {
      name: "the letter, 39 signatories",
      request: { method: "GET", path: "/letters/uyghurs", headers: BROWSER },
    },
    {
      name: "the form",
      request: { method: "GET", path: "/letters/uyghurs/sign?as=individual", headers: BROWSER },
    },
    {
      name: "a search, made each time",
      request: {
        method: "GET",
        setupRequest: (request) => ({ ...request, path: `/letters/uyghurs/signatories?q=bench${++visitor}` }),
      },
    },
    { name: "bare POST handler", request: post("/api/bench/post") },
    { name: "signing through the form", request: post("/letters/uyghurs/sign?as=individual") },
  ];
}

async function measure(url: string, { name, request }: Case, duration: number): Promise<number> {
  await makeRoom();
  const connections = request.method === "POST" ? POSTING_CONNECTIONS : CONNECTIONS;
  const result = await autocannon({ url, connections, duration, requests: [request] });
  const bad = result.non2xx + result.errors + result.timeouts;
  if (bad > 0)
    throw new Error(
      `${name}: ${bad} of ${result.requests.total} requests failed (${JSON.stringify(result.statusCodeStats)})`,
    );
  return result.requests.total / result.duration;
}

/** No form here brings a proof of work, and those without one have a ceiling. */
async function makeRoom(): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query("UPDATE signature SET unchecked = false WHERE unchecked");
  await client.end();
}

const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const range = (values: number[]) => `${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)}`;

async function run(url: string): Promise<void> {
  const all = cases(url);
  const rates = new Map<string, number[]>(all.map(({ name }) => [name, []]));
  for (const one of all) await measure(url, one, 2);
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of all) rates.get(one.name)?.push(await measure(url, one, SECONDS));
    process.stdout.write(`round ${round + 1} of ${ROUNDS}\n`);
  }
  report(all.map(({ name }) => ({ name, rates: rates.get(name) ?? [] })));
}

function report(rows: { name: string; rates: number[] }[]): void {
  const [page, letter, form, made, post, sign] = rows;
  const model = cpus()[0]?.model ?? "unknown";
  process.stdout.write(
    `\n${cpus().length} cores (${model.trim()}), ${CONNECTIONS} connections (posting ${POSTING_CONNECTIONS}), ${ROUNDS} rounds of ${SECONDS} s\n`,
  );
  for (const { name, rates } of rows)
    process.stdout.write(`${name.padEnd(28)} ${median(rates).toFixed(0).padStart(6)} requests/s\n`);
  const ratios = (of?: number[], to?: number[]) =>
    (of ?? []).map((rate, round) => rate / (to?.[round] ?? Number.NaN));
  const reading = ratios(letter?.rates, page?.rates);
  const searching = ratios(made?.rates, page?.rates);
  const forms = ratios(form?.rates, letter?.rates);
  const signing = ratios(sign?.rates, post?.rates);
  process.stdout.write(
    `reading / bare page          ${median(reading).toFixed(2).padStart(6)} (${range(reading)})\n`,
  );
  process.stdout.write(
    `form / letter                ${median(forms).toFixed(2).padStart(6)} (${range(forms)})\n`,
  );
  process.stdout.write(
    `searching / bare page        ${median(searching).toFixed(2).padStart(6)} (${range(searching)})\n`,
  );
  process.stdout.write(
    `signing / bare POST          ${median(signing).toFixed(2).padStart(6)} (${range(signing)})\n`,
  );
}

async function benchServer(): Promise<void> {
  // Next writes the folder of a build into the configuration that it is given.
  await writeFile(join(PROJECT, "tsconfig.bench.json"), '{ "extends": "./tsconfig.json" }\n');
  await runTool("next", ["build"], { NODE_ENV: "production", UNDERSIGNED_BENCH: "1" });
  // The worker stays off: its mails would be measured too.
  await withTemporaryApp({ mail: false, environment: { UNDERSIGNED_BENCH: "1" } }, ({ url }) => run(url));
}

if (process.argv.includes("list")) {
  await buildAll();
  await benchList(process.argv.includes("--json"));
} else await benchServer();
