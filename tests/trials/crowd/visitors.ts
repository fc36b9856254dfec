import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { individualForm } from "../../support/post";

/** Visitors who measure, each over a connection of their own, one thing after the other, until time is over. */
export type Visitors = {
  url: string;
  path: string;
  count: number;
  pauseMs: number;
  /** Each comes from a network of their own; this is the first one's number. */
  firstNetwork: number;
  seconds: number;
  /** They sign, in place of reading. */
  signing?: boolean;
};

/** What they saw; times in milliseconds until an answer's last byte. */
export type Seen = { answers: Record<string, number>; p50: number; p99: number; most: number };

let number = 0;
const run = Math.random().toString(36).slice(2, 8);

type Answered = { status: number; ms: number };

function ask({ url, path, signing }: Visitors, agent: Agent, network: string): Promise<Answered> {
  const values = signing
    ? individualForm(`crowd-${run}-${++number}@example.org`, { fullName: `Ada ${number}` })
    : null;
  const body = values ? new URLSearchParams(values).toString() : undefined;
  const headers = {
    "x-forwarded-for": network,
    ...(body
      ? {
          origin: url,
          "content-type": "application/x-www-form-urlencoded",
          "content-length": Buffer.byteLength(body),
        }
      : {}),
  };
  const begun = performance.now();
  return new Promise((resolve) => {
    const sent = request(`${url}${path}`, { method: body ? "POST" : "GET", agent, headers });
    const end = (status: number) => resolve({ status, ms: performance.now() - begun });
    sent.on("response", (answer) => answer.on("end", () => end(answer.statusCode ?? 0)).resume());
    sent.on("error", () => end(0));
    sent.end(body);
  });
}

async function visit(visitors: Visitors): Promise<Seen> {
  const all: Answered[] = [];
  const end = performance.now() + visitors.seconds * 1_000;
  const lane = async (place: number) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const name = visitors.firstNetwork + place;
    const network = `198.18.${name >> 8}.${name & 255}`;
    while (performance.now() < end) {
      all.push(await ask(visitors, agent, network));
      await pause(visitors.pauseMs);
    }
    agent.destroy();
  };
  await Promise.all(Array.from({ length: visitors.count }, (_, place) => lane(place)));
  return summary(all);
}

function summary(all: Answered[]): Seen {
  const times = all.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const at = (part: number) => Math.round((times[Math.floor(times.length * part)] ?? 0) * 10) / 10;
  const answers: Record<string, number> = {};
  for (const { status } of all) answers[status] = (answers[status] ?? 0) + 1;
  return { answers, p50: at(0.5), p99: at(0.99), most: Math.round(times.at(-1) ?? 0) };
}

process.stdout.write(JSON.stringify(await visit(JSON.parse(process.argv[2] ?? "{}") as Visitors)));
