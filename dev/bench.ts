import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { request as ask } from "node:http";
import { cpus } from "node:os";
import { join } from "node:path";
import autocannon, { type Request } from "autocannon";
import pg from "pg";
import { PROJECT } from "@/lib/project-folder";
import type { Said } from "./bare-server";
import { benchDifference } from "./bench-difference";
import { benchList } from "./bench-list/bench";
import { withTemporaryApp } from "./local/temporary-app";

/**
 * Measures reading the letter and its form, searching and signing, each in turn with a bare `node:http` server that says the
 * same bytes, round by round. Prints requests per second (median of the rounds) and the ratios to the bare server; judges
 * nothing. `BENCH_ROUNDS` and `BENCH_SECONDS`.
 */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
const CONNECTIONS = 20;
/** Forms answer in even time (`lib/http/constant-time.ts`): with few connections the bench would measure the waiting. */
const POSTING_CONNECTIONS = 100;

/** What is made each time waits in a line, half of which is the most that one network gets. */
const MAKING_CONNECTIONS = 8;

type Case = { name: string; request: Request; connections?: number };

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
  return [
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
      connections: MAKING_CONNECTIONS,
      request: {
        method: "GET",
        path: "/letters/uyghurs/signatories?q=bench",
        headers: BROWSER,
        setupRequest: (request) => ({ ...request, path: `/letters/uyghurs/signatories?q=bench${++visitor}` }),
      },
    },
    {
      name: "signing through the form",
      connections: POSTING_CONNECTIONS,
      request: {
        method: "POST",
        path: "/letters/uyghurs/sign?as=individual",
        headers: { ...FORM, origin },
        setupRequest: (request) => ({ ...request, body: signatureForm() }),
      },
    },
  ];
}

/** What the program says to a case, for a bare server to say again. */
function saidTo(url: string, { request: { method = "GET", path = "/", headers } }: Case): Promise<Said> {
  return new Promise((resolve, reject) => {
    const body = method === "POST" ? signatureForm() : "";
    const length = { "content-length": String(Buffer.byteLength(body)) };
    const asked = ask(
      `${url}${path}`,
      { method, headers: { ...headers, ...length }, agent: false },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("end", () => {
          const names = answer.rawHeaders;
          // Those that node:http writes itself.
          const head = names.filter(
            (_, at) =>
              !/^(?:date|connection|keep-alive|transfer-encoding)$/i.test(names[at - (at % 2)] ?? ""),
          );
          resolve({ status: answer.statusCode ?? 0, head, body: Buffer.concat(parts).toString("base64") });
        });
      },
    );
    asked.on("error", reject).end(body);
  });
}

async function startBare(said: Said): Promise<{ url: string; end(): void }> {
  const child = fork(join(PROJECT, "dist/dev/bare-server.js"));
  child.send(said);
  const [port] = await once(child, "message");
  return { url: `http://127.0.0.1:${port}`, end: () => void child.kill() };
}

async function measure(
  url: string,
  { name, request, connections = CONNECTIONS }: Case,
  duration: number,
): Promise<number> {
  await makeRoom();
  const result = await autocannon({ url, connections, duration, requests: [request] });
  const bad = result.non2xx + result.errors + result.timeouts;
  // On a busy machine a line is soon full; who is asked to come again has not been served.
  if (bad > 0)
    process.stdout.write(
      `${name}: ${bad} of ${result.requests.total} not served (${JSON.stringify(result.statusCodeStats)})\n`,
    );
  return result["2xx"] / result.duration;
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

type Row = { name: string; rates: number[]; bare: number[] };

async function run(url: string): Promise<void> {
  const rows: (Row & { one: Case; beside: string; end(): void })[] = [];
  for (const one of cases(url)) {
    // The first time is the one in which it is made.
    await measure(url, one, 2);
    const { url: beside, end } = await startBare(await saidTo(url, one));
    await measure(beside, one, 2);
    rows.push({ name: one.name, rates: [], bare: [], one, beside, end });
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const { one, beside, rates, bare } of rows) {
      bare.push(await measure(beside, one, SECONDS));
      rates.push(await measure(url, one, SECONDS));
    }
    process.stdout.write(`round ${round + 1} of ${ROUNDS}\n`);
  }
  for (const { end } of rows) end();
  report(rows);
}

function report(rows: Row[]): void {
  const model = cpus()[0]?.model ?? "unknown";
  process.stdout.write(
    `\n${cpus().length} cores (${model.trim()}), ${CONNECTIONS} connections (posting ${POSTING_CONNECTIONS}), ${ROUNDS} rounds of ${SECONDS} s\n` +
      `${"".padEnd(28)} requests/s   bare server   ratio\n`,
  );
  for (const { name, rates, bare } of rows) {
    const ratios = rates.map((rate, round) => rate / (bare[round] ?? Number.NaN));
    const [own, beside] = [median(rates), median(bare)].map((rate) => rate.toFixed(0));
    process.stdout.write(
      `${name.padEnd(28)} ${own?.padStart(10)} ${beside?.padStart(13)} ${median(ratios).toFixed(2).padStart(7)} (${range(ratios)})\n`,
    );
  }
}

if (process.argv.includes("difference")) benchDifference();
else if (process.argv.includes("list")) await benchList(process.argv.includes("--json"));
// The worker stays off: its mails would be measured too.
else await withTemporaryApp({ mail: false, environment: { LOG_LEVEL: "info" } }, ({ url }) => run(url));
