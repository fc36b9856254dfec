import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** How many requests may wait on a connection: more than any client sends that means well. */
const MOST_WAITING = 1_000;

type Connection = { newest: ServerResponse; waiting: number };

/**
 * Answers the requests of a connection one at a time. node:http reads what a client sends ahead, and would have all of it
 * worked on at once: one connection would count for hundreds.
 * @param atOnce answers what costs next to nothing; says whether it has
 */
export function oneAtATime(
  answer: Answer,
  atOnce: (...asked: Parameters<Answer>) => boolean = () => false,
): Answer {
  const connections = new WeakMap<Socket, Connection>();
  return (request, response) => {
    const { socket } = request;
    const connection = connections.get(socket);
    if (!connection || connection.newest.closed) {
      if (atOnce(request, response)) return;
      connections.set(socket, { newest: response, waiting: 0 });
      return answer(request, response);
    }
    const before = connection.newest;
    connection.newest = response;
    connection.waiting += 1;
    if (connection.waiting > MOST_WAITING) return void socket.destroy();
    before.once("close", () => {
      connection.waiting -= 1;
      if (!socket.destroyed && !atOnce(request, response)) answer(request, response);
    });
  };
}
