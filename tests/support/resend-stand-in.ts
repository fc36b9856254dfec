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
  /** Takes no mail and closes the connection. */
  | "reset"
  /** Accepts the mail and takes its time to say so. */
  | { answerAfterMs: number }
  | { status: number; name: string; headers?: Record<string, string> }
  /** Not Resend's words, as from a proxy in between. */
  | { status: number; page: string };

export type Call = { key: string | undefined; body: string; authorization: string | undefined; at: number };

/** The mail that a body describes. */
export type SentMail = {
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
};

export type ResendStandIn = {
  url: string;
  calls: Call[];
  /** The mails that would have reached a mailbox: one per key, whatever the number of calls. */
  accepted: SentMail[];
  /** Behaviours of the next requests, in this order; then requests are accepted. */
  next(...behaviours: Behaviour[]): void;
  /** Resolves once so many requests have arrived. @throws after 60 s */
  arrived(count: number): Promise<void>;
  stop(): Promise<void>;
};

/** An HTTP server on loopback that answers as Resend's API does, idempotency keys included. */
export async function startResendStandIn(): Promise<ResendStandIn> {
  const calls: Call[] = [];
  const accepted: SentMail[] = [];
  const queue: Behaviour[] = [];
  const byKey = new Map<string, { body: string; id: string }>();

  const accept = (key: string | undefined, body: string) => {
    const known = key ? byKey.get(key) : undefined;
    if (known && known.body !== body) return null;
    if (known) return known.id;
    accepted.push(JSON.parse(body));
    const id = `00000000-0000-4000-8000-${String(accepted.length).padStart(12, "0")}`;
    if (key) byKey.set(key, { body, id });
    return id;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await read(request);
    const key = request.headers["idempotency-key"] as string | undefined;
    calls.push({ key, body, authorization: request.headers.authorization, at: Date.now() });
    const behaviour = queue.shift() ?? "accept";
    if (request.method !== "POST" || request.url !== "/emails") return refuse(response, 404, "not_found");
    if (behaviour === "hang") return;
    if (behaviour === "reset") return void request.socket.destroy();
    if (typeof behaviour === "object" && "page" in behaviour) {
      return void response.writeHead(behaviour.status, { "content-type": "text/html" }).end(behaviour.page);
    }
    if (typeof behaviour === "object" && "status" in behaviour) {
      return refuse(response, behaviour.status, behaviour.name, behaviour.headers);
    }
    const id = accept(key, body);
    if (typeof behaviour === "object") await pause(behaviour.answerAfterMs);
    if (behaviour === "accept-and-hang") return;
    if (!id) return refuse(response, 409, "invalid_idempotent_request");
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ id }));
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
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, calls, accepted, next: (...behaviours) => void queue.push(...behaviours), arrived, stop };
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

function refuse(
  response: ServerResponse,
  status: number,
  name: string,
  headers: Record<string, string> = {},
): void {
  const body = JSON.stringify({
    statusCode: status,
    name,
    message: `${name}: zoe@canary.example was refused`,
  });
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}
