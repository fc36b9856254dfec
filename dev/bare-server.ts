import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What a bare server says to everything: names and values of its head in turn, and its body in base64. */
export type Said = { status: number; head: string[]; body: string };

/** The benchmark's baseline: `node:http` alone, which reads what it is sent and says the same bytes each time. */
process.once("message", ({ status, head, body }: Said) => {
  const bytes = Buffer.from(body, "base64");
  const server = createServer((request, response) => {
    const answer = () => response.writeHead(status, head).end(bytes);
    if (request.method === "GET") answer();
    else request.on("end", answer).resume();
  });
  server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
});
process.once("disconnect", () => process.exit());
