import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import autocannon from "autocannon";

/** A crowd that asks for one kind of thing, each over a connection of their own. */
export type Crowd = {
  url: string;
  /** `%` stands for something that is new each time, as long as the token of a mailed link. */
  path: string;
  count: number;
  /** How many networks they come from; 0: they name none. */
  networks: number;
  /** Whether they wait for a second between two requests. */
  pausing: boolean;
  seconds: number;
};

/** How often each status was answered, and errors of connections. */
export type CrowdSeen = { answers: Record<string, number>; errors: number };

const { url, path, count, networks, pausing, seconds } = JSON.parse(process.argv[2] ?? "{}") as Crowd;
/** Those who pause come in so many parts, so that their requests spread over the second as people's do. */
const PARTS = 20;
let place = 0;
let number = 0;
const mark = randomBytes(4).toString("hex");

const part = (connections: number, rate?: number) =>
  autocannon({
    url,
    connections,
    duration: seconds,
    requests: [
      {
        method: "GET",
        setupRequest: (request) => ({
          ...request,
          path: path.replace("%", mark + String(++number).padStart(17, "0")),
        }),
      },
    ],
    ...(rate ? { overallRate: rate } : {}),
    setupClient: (client) => {
      if (networks === 0) return;
      const network = place++ % networks;
      client.setHeaders({
        host: new URL(url).host,
        "x-forwarded-for": `198.18.${network >> 8}.${network & 255}`,
      });
    },
  });

async function later(index: number) {
  await pause((index * 1_000) / PARTS);
  return part(count / PARTS, count / PARTS);
}

const parts = await Promise.all(
  pausing ? Array.from({ length: PARTS }, (_, index) => later(index)) : [part(count)],
);
const seen: CrowdSeen = { answers: {}, errors: 0 };
for (const { statusCodeStats, errors, timeouts } of parts) {
  seen.errors += errors + timeouts;
  for (const [status, { count: some = 0 }] of Object.entries(statusCodeStats ?? {}))
    seen.answers[status] = (seen.answers[status] ?? 0) + some;
}
process.stdout.write(JSON.stringify(seen));
