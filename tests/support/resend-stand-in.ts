import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** What happens to the next request. */
export type Behaviour =
  | "accept"
  /** Takes no mail and never answers. */
  | "hang"
  /** Accepts the mail and never answers. */
  | "accept-and-hang"
  /** Accepts the mail and closes the connection. */
  | "accept-and-reset"
  /** Takes no mail and closes the connection. */
  | "reset"
  /** Accepts the mail and takes its time to say so. */
  | { answerAfterMs: number }
  | { status: number; name: string; headers?: Record<string, string> }
  /** Not Resend's words, as from a proxy in between. */
  | { status: number; page: string };

export type Call = {
  path: string;
  key: string | undefined;
  body: string;
  authorization: string | undefined;
  /** When it arrived, in milliseconds. */
  at: number;
};

/** The mail that a body describes. */
export type SentMail = {
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  tags: { name: string; value: string }[];
};

export type ResendStandIn = {
  url: string;
  calls: Call[];
  /** The mails that would have reached a mailbox: one per key and place, whatever the number of calls. */
  accepted: SentMail[];
  /** Behaviours of the next requests, in this order; then requests are treated as `always` says. */
  next(...behaviours: Behaviour[]): void;
  /** Forgets the behaviours that no request has met yet. */
  unsaid(): void;
  /** What happens to every request from now on. */
  always(behaviour: Behaviour): void;
  /** The most requests that arrived within any one second. */
  busiestSecond(): number;
  /** Resolves once so many requests have arrived. @throws after 60 s */
  arrived(count: number): Promise<void>;
  stop(): Promise<void>;
};

export type StandInOptions = {
  /** In place of the machine's clock. */
  clock?: () => number;
  /** Whether requests beyond the rate are refused with 429, as Resend does; all are counted. */
  callsPerSecond?: number;
};

const MOST = 100;
const KEPT_MS = 86_400_000;

/**
 * An HTTP server on loopback that answers as Resend's API does: idempotency keys, which it forgets after a day, the
 * batch endpoint with its two ways of validation, and the rate.
 */
export async function startResendStandIn(options: StandInOptions = {}): Promise<ResendStandIn> {
  const { clock = Date.now, callsPerSecond = Number.POSITIVE_INFINITY } = options;
  const calls: Call[] = [];
  const accepted: SentMail[] = [];
  const queue: Behaviour[] = [];
  const byKey = new Map<string, { body: string; answer: unknown; at: number }>();
  let standing: Behaviour = "accept";
  let ids = 0;

  const take = (mail: SentMail) => {
    accepted.push(mail);
    return { id: `00000000-0000-4000-8000-${String(++ids).padStart(12, "0")}` };
  };
  const sendBatch = (mails: SentMail[], permissive: boolean): Reply => {
    if (mails.length === 0 || mails.length > MOST) return refusal(422, "validation_error");
    const wrong = mails.flatMap((mail, index) =>
      isMail(mail) ? [] : [{ index, message: `bad: ${mail.to}` }],
    );
    if (wrong.length > 0 && !permissive) return refusal(422, "validation_error");
    const data = mails.filter(isMail).map(take);
    return { status: 200, body: permissive ? { data, errors: wrong } : { data } };
  };
  /** As the API does: a key that is known gives the answer of its first request, if the content is the same. */
  const accept = ({ path, key, body }: Call, permissive: boolean): Reply => {
    const known = key ? byKey.get(key) : undefined;
    if (known && clock() - known.at < KEPT_MS) {
      return known.body === body
        ? { status: 200, body: known.answer }
        : refusal(409, "invalid_idempotent_request");
    }
    const parsed = JSON.parse(body);
    const single = (mail: SentMail): Reply =>
      isMail(mail) ? { status: 200, body: take(mail) } : refusal(422, "validation_error");
    const reply = path === "/emails" ? single(parsed) : sendBatch(parsed, permissive);
    if (key && reply.status === 200) byKey.set(key, { body, answer: reply.body, at: clock() });
    return reply;
  };
  const lastSecond = () => {
    const now = clock();
    return calls.filter(({ at }) => now - at < 1_000).length;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await read(request);
    const key = request.headers["idempotency-key"] as string | undefined;
    const path = request.url ?? "";
    const call = { path, key, body, authorization: request.headers.authorization, at: clock() };
    calls.push(call);
    const behaviour = queue.shift() ?? standing;
    if (request.method !== "POST" || !["/emails", "/emails/batch"].includes(path)) {
      return reply(response, refusal(404, "not_found"));
    }
    if (lastSecond() > callsPerSecond) {
      return reply(response, refusal(429, "rate_limit_exceeded", { "retry-after": "1" }));
    }
    if (behaviour === "hang") return;
    if (behaviour === "reset") return void request.socket.destroy();
    if (typeof behaviour === "object" && "page" in behaviour) {
      return void response.writeHead(behaviour.status, { "content-type": "text/html" }).end(behaviour.page);
    }
    if (typeof behaviour === "object" && "status" in behaviour) {
      return reply(response, refusal(behaviour.status, behaviour.name, behaviour.headers));
    }
    const replied = accept(call, request.headers["x-batch-validation"] === "permissive");
    if (typeof behaviour === "object") await pause(behaviour.answerAfterMs);
    if (behaviour === "accept-and-reset") return void request.socket.destroy();
    if (behaviour !== "accept-and-hang") reply(response, replied);
  };

  const server = createServer(
    (request, response) => void answer(request, response).catch(() => response.destroy()),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const arrived = async (count: number) => {
    for (const limit = Date.now() + 60_000; calls.length < count; await pause(20)) {
      if (Date.now() > limit) throw new Error(`${calls.length} of ${count} requests have arrived`);
    }
  };
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    accepted,
    next: (...behaviours) => void queue.push(...behaviours),
    unsaid: () => void queue.splice(0),
    always: (behaviour) => {
      standing = behaviour;
    },
    busiestSecond: () => busiest(calls.map(({ at }) => at)),
    arrived,
    stop,
  };
}

/** The most of some times that lie within one second. */
export function busiest(times: number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  let from = 0;
  return sorted.reduce((most, at, index) => {
    while (at - (sorted[from] ?? at) >= 1_000) from++;
    return Math.max(most, index - from + 1);
  }, 0);
}

const isMail = ({ to }: SentMail) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(to);

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

type Reply = { status: number; body: unknown; headers?: Record<string, string> };

function refusal(status: number, name: string, headers?: Record<string, string>): Reply {
  return {
    status,
    body: { statusCode: status, name, message: `${name}: zoe@canary.example was refused` },
    headers,
  };
}

function reply(response: ServerResponse, { status, body, headers }: Reply): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
