import type { Server, ServerResponse } from "node:http";
import { Server as Listener } from "node:net";
import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import { endOnSignal } from "@/lib/ops/health/end-on-signal";
import { enterPhase } from "@/lib/ops/health/phase";

/** For how long new connections are still taken, in milliseconds: some have been made that we have not yet seen. */
const TAKE_MS = 250;
/** How long a connection without a request may still bring one, in milliseconds: it may be on its way already. */
const LINGER_MS = 500;

/**
 * Ends the process on SIGTERM and SIGINT: no new connections; requests under way, and those that have been sent on open
 * connections, are answered, each the last of its connection; then whatever else is running ends.
 * @param begin ends what would last as long as the process
 * @param end ends the rest, once the last answer is out
 */
export function stopGracefully(
  server: Server,
  { begin, end }: { begin?: () => void; end: () => Promise<void> },
): void {
  const answers = new Set<ServerResponse>();
  let stopping = false;
  const last = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader("connection", "close");
  };
  server.prependListener("request", (_, response) => {
    if (stopping) last(response);
    answers.add(response);
    response.once("close", () => answers.delete(response));
  });
  const finish = async () => {
    stopping = true;
    enterPhase("stopping");
    begin?.();
    answers.forEach(last);
    await pause(TAKE_MS);
    // A process with much to do comes late: first it takes what has been waiting.
    await turn();
    const closed = new Promise((resolve) => {
      // Stops the listening only: http's own `close` cuts off requests that have arrived and are not read.
      Listener.prototype.close.call(server, resolve);
    });
    setInterval(async () => {
      // Likewise: a request that has arrived is read before its connection counts as idle.
      await turn();
      server.closeIdleConnections();
    }, LINGER_MS);
    await closed;
    await end();
  };
  endOnSignal(finish, () => ({ underWay: answers.size }));
}
