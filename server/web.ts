import { createServer, type Server } from "node:http";
import next from "next";
import { listenForChanges } from "@/lib/cache/listen";
import { env } from "@/lib/env";
import { captureConsole, endAtFailure } from "@/lib/log/console";
import { log, nameProcess } from "@/lib/log/log";
import { developmentHandler } from "@/server/development";
import { requestHandler } from "@/server/handle";
import type { NextHandler } from "@/server/render";

const dev = process.argv.includes("--dev");
nameProcess("web");
if (!dev) {
  captureConsole();
  endAtFailure();
}
const { host, port, databaseUrl, publicUrl, trustedProxies } = env();
const server = createServer({ requestTimeout: 15_000, headersTimeout: 10_000, keepAliveTimeout: 10_000 });
const app = next({ dev, hostname: host, port, httpServer: server });
await app.prepare();

const handle = app.getRequestHandler() as NextHandler;
const answer = dev
  ? developmentHandler(handle, trustedProxies)
  : requestHandler(handle, publicUrl, trustedProxies);
server.on("request", (request, response) => {
  answer(request, response).catch((error: unknown) => {
    log.error("a request failed", error);
    if (!response.headersSent)
      response.writeHead(500, { "content-type": "text/plain", "cache-control": "no-store" });
    response.end();
  });
});

const stopListening = listenForChanges(databaseUrl);
await listen(server);
log.info("listening", { host, port });
process.send?.("ready");

async function listen(on: Server): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    on.once("error", reject);
    on.listen(port, host, resolve);
  });
}

let stopping = false;
/** Requests in flight finish; a connection that stays idle does not keep the process. */
function stop(): void {
  if (stopping) return;
  stopping = true;
  server.close(async () => {
    await stopListening();
    process.exit(0);
  });
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), 10_000).unref();
}
process.on("SIGTERM", stop).on("SIGINT", stop);
