import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

/** What a server must be told to answer something besides requests. */
type Answers = {
  /** Whether a client that asks before it sends a body may go on. */
  mayContinue(request: IncomingMessage): boolean;
  /** Ends a connection with a status line and nothing else. */
  refuse(socket: Duplex, status: string): void;
  /** Answers what is no HTTP, or comes too slowly. */
  clientError(error: NodeJS.ErrnoException, socket: Duplex): void;
};

/**
 * Answers every event of an HTTP server besides `request`. `upgrade` must have no listener: node:http then answers such a
 * request as any other (RFC 9110, 7.8), and `curl --http2` gets its page.
 */
export function answerOtherEvents(server: Server, { mayContinue, refuse, clientError }: Answers): void {
  server.prependListener("request", (request, response) => {
    // What came in the same packet behind a wish to upgrade is lost, so nothing may follow on its connection.
    if (request.headers.upgrade) response.shouldKeepAlive = false;
  });
  server.on("checkContinue", (request, response) => {
    if (mayContinue(request)) response.writeContinue();
    server.emit("request", request, response);
  });
  // Any other expectation is ignored.
  server.on("checkExpectation", (request, response) => server.emit("request", request, response));
  server.on("connect", (_, socket) => refuse(socket, "405 Method Not Allowed"));
  server.on("clientError", clientError);
}
