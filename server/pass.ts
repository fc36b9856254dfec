import { IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { left } from "@/lib/http/deadline";
import { type RequestContext, requestContext } from "@/lib/http/request-context";
import { log } from "@/lib/ops/log/log";
import { countRendered } from "@/lib/ops/metrics/rendering";
import { type Call, isFailure, type NextHandler, statusOf } from "@/server/render";

/** What changes a response, or ends it. */
const SPEAKING = new Set<string | symbol>(
  "setHeader setHeaders appendHeader removeHeader writeHead write end flushHeaders destroy".split(" "),
);

/** What sends the head, if nothing else has. */
const BEGINNING = new Set<string | symbol>(["write", "end", "flushHeaders"]);

type Passed = {
  request: IncomingMessage;
  response: ServerResponse;
  call: Call;
  context: RequestContext;
  /** What the head of the answer says, whatever Next says. */
  head: Record<string, string | string[]>;
  /** From arrival to the head of the answer, in milliseconds. */
  deadline: number;
};

/**
 * Hands a request to Next, which answers it as it goes on; nothing is gathered on the way.
 * @returns whether it has: where it failed, or was too late, nothing has been sent, and whatever it says later goes nowhere
 */
export async function passToNext(handle: NextHandler, passed: Passed): Promise<boolean> {
  const { request, response, call, context, deadline } = passed;
  countRendered();
  const { promise: begun, resolve: begin } = Promise.withResolvers<boolean>();
  const { response: theirs, take } = lend(passed, begin);
  Object.assign(request, { url: call.url, method: call.method ?? "GET", headers: call.headers });
  const answered = requestContext
    .run(context, () => handle(request, theirs))
    .catch((error: unknown) => {
      log.error("a request failed", error);
      take();
    });
  const gone = new Promise<void>((resolve) => response.once("close", resolve));
  const late = new AbortController();
  const over = pause(left(deadline, context.arrivedAt), "late", { signal: late.signal }).catch(() => false);
  const isBegun = await Promise.race([begun, gone, over, answered.then(() => false)]);
  if (isBegun === "late") log.error("there was no answer in time");
  if (isBegun !== true) take();
  // Anyone who reads slowly holds no place in a line for longer than the answer may take.
  else await Promise.race([answered, gone, over]);
  late.abort();
  return response.headersSent || response.closed;
}

/**
 * Lends a response to Next until it has failed.
 * @param begun told once: true when the head is on its way, false when there will be none of Next's
 */
function lend({ response, context, head }: Passed, begun: (whether: boolean) => void) {
  const own = new Set(response.getHeaderNames());
  let taken = false;
  const take = () => {
    if (taken || response.headersSent) return;
    taken = true;
    for (const name of response.getHeaderNames()) if (!own.has(name)) response.removeHeader(name);
    begun(false);
  };
  const begin = (said: number, ...more: never[]) => {
    const status = statusOf(said, context);
    if (isFailure(status)) return take();
    response.removeHeader("link");
    for (const [name, value] of Object.entries(head)) response.setHeader(name, value);
    if (status === 503 && !response.hasHeader("retry-after")) response.setHeader("retry-after", "10");
    response.writeHead(status, ...more);
    begun(true);
  };
  const lent: ServerResponse = new Proxy(response, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      // On the response itself: node:http sends nothing for anything else.
      return (...given: never[]) => {
        if (!taken && !target.headersSent) {
          if (name === "writeHead") begin(...(given as unknown as [number]));
          else if (name === "destroy") take();
          else if (BEGINNING.has(name)) begin(target.statusCode);
        }
        if (name === "writeHead" || (taken && SPEAKING.has(name))) return lent;
        const said = Reflect.apply(value, target, given);
        return said === target ? lent : said;
      };
    },
    set: (target, name, value) => taken || Reflect.set(target, name, value),
  });
  return { response: lent, take };
}

/** A request whose body has arrived whole. */
export function withBody(request: IncomingMessage, body: Buffer): IncomingMessage {
  const whole = new IncomingMessage(request.socket);
  whole.push(body);
  whole.push(null);
  return Object.assign(whole, { complete: true });
}
