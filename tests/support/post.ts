import { Agent, type IncomingHttpHeaders, request } from "node:http";

/** An answer as a stranger sees it. */
export type Posted = { status: number; headers: IncomingHttpHeaders; body: string; ms: number };

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/**
 * Posts a form as a browser without JavaScript does, over connections that are kept.
 * @param client the address that the proxy in front (the test itself) says it comes from
 * @returns the answer, and how many milliseconds it took until its last byte
 */
export function post(
  origin: string,
  path: string,
  values: Record<string, string>,
  client?: string,
): Promise<Posted> {
  const body = new URLSearchParams(values).toString();
  const headers = {
    origin,
    "content-type": "application/x-www-form-urlencoded",
    "content-length": Buffer.byteLength(body),
    ...(client ? { "x-forwarded-for": client } : {}),
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${origin}${path}`, { method: "POST", agent, headers });
    const begun = performance.now();
    sent.on("error", reject);
    sent.on("response", (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () => {
        const ms = performance.now() - begun;
        const { statusCode = 0, headers: said } = answer;
        resolve({ status: statusCode, headers: said, body: Buffer.concat(parts).toString("utf8"), ms });
      });
    });
    sent.end(body);
  });
}

/** What an individual posts. */
export const individualForm = (email: string, more: Record<string, string> = {}) => ({
  form: "sign",
  fullName: "Ada Exampleton",
  email,
  country: "GB",
  visibility: "public",
  consent: "on",
  ...more,
});

/** What an organisation posts. */
export const organisationForm = (email: string, organisationName: string) => ({
  form: "sign",
  organisationName,
  website: "https://example.org/",
  representativeName: "Robin Muster",
  representativeRole: "Director",
  authority: "on",
  email,
  country: "GB",
  visibility: "public",
  consent: "on",
});

/** Does all of something, so many at a time, in the given order of beginning. */
export async function inLanes<T>(lanes: number, all: T[], act: (one: T) => Promise<unknown>): Promise<void> {
  const rest = [...all];
  const lane = async () => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await act(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
