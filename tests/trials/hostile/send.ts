import { Agent, type OutgoingHttpHeaders, request } from "node:http";
import { connect } from "node:net";

export type Answer = { status: number; type: string; body: string };
export type Sent = { method: string; path: string; headers: OutgoingHttpHeaders; body?: Buffer };

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

/** Sends a request over a kept connection. A connection that the server closes while it refuses answers with 0. */
export function send(origin: string, { method, path, headers, body }: Sent): Promise<Answer> {
  return new Promise((resolve) => {
    const closed = () => resolve({ status: 0, type: "", body: "" });
    const length = body ? { "content-length": body.length } : {};
    const sent = request(new URL(origin), { method, path, agent, headers: { ...length, ...headers } });
    sent.on("error", closed);
    sent.on("response", (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("error", closed);
      answer.on("end", () => {
        const { statusCode = 0, headers: said } = answer;
        resolve({
          status: statusCode,
          type: said["content-type"] ?? "",
          body: Buffer.concat(parts).toString("utf8"),
        });
      });
    });
    sent.end(body);
  });
}

/** Sends bytes as they are over a connection of their own. @returns the first line of the answer; empty for none */
export function sendBytes(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let said = "";
    const end = () => {
      socket.destroy();
      resolve(said.split("\r\n")[0] ?? "");
    };
    socket.setTimeout(3_000, end);
    socket.on("data", (part) => {
      said += part.toString("latin1");
      if (said.includes("\r\n")) end();
    });
    socket.on("error", end).on("close", end);
    socket.end(bytes);
  });
}
