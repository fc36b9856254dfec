import { randomBytes } from "node:crypto";
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
let place = 0;
let number = 0;
const mark = randomBytes(4).toString("hex");
const { statusCodeStats, errors, timeouts } = await autocannon({
  url,
  connections: count,
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
  ...(pausing ? { overallRate: count } : {}),
  setupClient: (client) => {
    if (networks === 0) return;
    const network = place++ % networks;
    client.setHeaders({
      host: new URL(url).host,
      "x-forwarded-for": `198.18.${network >> 8}.${network & 255}`,
    });
  },
});
const answers = Object.fromEntries(
  Object.entries(statusCodeStats ?? {}).map(([status, { count = 0 }]) => [status, count]),
);
process.stdout.write(JSON.stringify({ answers, errors: errors + timeouts } satisfies CrowdSeen));
