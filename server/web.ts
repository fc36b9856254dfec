import { createServer, type Server } from "node:http";
import next from "next";
import { listenForChanges } from "@/lib/cache/listen";
import { env } from "@/lib/env";
import { LOCALES } from "@/lib/i18n/locales";
import { captureConsole, endAtFailure } from "@/lib/log/console";
import { log, nameProcess } from "@/lib/log/log";
import type { NextHandler } from "@/server/call-next";
import { developmentHandler } from "@/server/development";
import { requestHandler } from "@/server/handle";
import { commonHeaders, ENDPOINT_POLICY } from "@/server/headers";
import { CONNECTION_LIMITS, SILENCE_MS } from "@/server/limits";
import { refuseConnection } from "@/server/refuse";
import { failurePage } from "@/server/render";
import { stopGracefully } from "@/server/stop";

const dev = process.argv.includes("--dev");
nameProcess("web");
if (!dev) {
  captureConsole();
  endAtFailure();
}
const { host, port, databaseUrl, publicUrl, trustedProxies } = env();
const server = createServer(CONNECTION_LIMITS).setTimeout(SILENCE_MS);
const app = next({ dev, hostname: host, port, httpServer: server });
await app.prepare();

const handle = app.getRequestHandler() as NextHandler;
const answer = dev
  ? developmentHandler(handle, trustedProxies)
  : requestHandler(handle, publicUrl, trustedProxies);
for (const event of ["request", "checkExpectation"] as const)
  server.on(event, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error("a request failed", error);
      if (!response.headersSent)
        response.writeHead(500, {
          "content-type": "text/plain",
          "cache-control": "no-store",
          "content-security-policy": ENDPOINT_POLICY,
        });
      response.end();
    });
  });
server.on("clientError", refuseConnection(commonHeaders(publicUrl)));

const stopListening = listenForChanges(databaseUrl);
stopGracefully(server, stopListening);
if (!dev) for (const locale of LOCALES) await failurePage(handle, locale);
await listen(server);
log.info("listening", { host, port });
process.send?.("ready");

async function listen(on: Server): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    on.once("error", reject);
    on.listen(port, host, resolve);
  });
}
