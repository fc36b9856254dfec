import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import next from "next";
import { endWherePortIsTaken } from "@/bin/launch/port-taken";
import { listenForChanges } from "@/lib/cache/listen";
import { writeVisits } from "@/lib/counts/statistics/visits";
import { env } from "@/lib/env";
import { within } from "@/lib/http/deadline";
import { LOCALES } from "@/lib/i18n/locales";
import { enterPhase } from "@/lib/ops/health/phase";
import { captureConsole, endAtFailure } from "@/lib/ops/log/console";
import { log, nameProcess } from "@/lib/ops/log/log";
import { countConnections } from "@/lib/ops/metrics/connections";
import { eraseBeforeServing } from "@/lib/signatures/erasure/before-serving";
import { developmentHandler } from "@/server/development";
import { answerAfter } from "@/server/first";
import { shortWay } from "@/server/from-memory";
import { idReader, requestHandler } from "@/server/handle";
import { commonHeaders, ENDPOINT_POLICY } from "@/server/headers";
import { passHotReload } from "@/server/hot-reload";
import { CONNECTION_LIMITS, SILENCE_MS } from "@/server/limits";
import { matcher } from "@/server/match";
import { oneAtATime } from "@/server/one-at-a-time";
import { answerOtherEvents } from "@/server/other-events";
import { admit, refusers } from "@/server/refuse";
import { failurePage, type NextHandler } from "@/server/render";
import { stopGracefully } from "@/server/stop";
import { warmUp } from "@/server/warm-up";

/** How long the start waits for what comes before the first answer, in milliseconds. */
const FIRST_MS = 10_000;
const WARM_UP_PAUSE_MS = 1_000;

const dev = process.argv.includes("--dev");
nameProcess("web");
if (!dev) {
  captureConsole();
  endAtFailure();
}
const { host, port, databaseUrl, publicUrl, trustedProxies } = env();
// While developing, a page that is compiled for the first time may take longer.
const server = createServer(CONNECTION_LIMITS).setTimeout(dev ? 0 : SILENCE_MS);
// Next would take every upgrade of the server that it is given, and keep its socket open for ever.
const elsewhere = createServer();
const app = next({ dev, hostname: host, port, httpServer: elsewhere });
await app.prepare();

const handle = app.getRequestHandler() as NextHandler;
const erased = eraseBeforeServing();
erased.catch((error: unknown) => {
  log.error("cannot read whom to delete again after a restore: check the folder of STATE_DIR", error);
  process.exit(1);
});
const answer = answerAfter(
  erased,
  dev ? developmentHandler(handle, trustedProxies) : requestHandler(handle, publicUrl, trustedProxies),
  handle,
  publicUrl,
);
const answerAll = (request: IncomingMessage, response: ServerResponse) => {
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
};
const atOnce = dev ? undefined : shortWay(publicUrl, idReader(trustedProxies));
server.on("request", oneAtATime(answerAll, atOnce));
const { refuse, clientError } = refusers(commonHeaders(publicUrl));
const match = matcher();
const mayContinue = (request: IncomingMessage) => dev || admit(request, publicUrl, match).is === "route";
answerOtherEvents(server, { mayContinue, refuse, clientError });
const endHotReload = dev ? passHotReload(server, elsewhere, refuse) : undefined;
countConnections(server);

const news = listenForChanges(databaseUrl);
stopGracefully(server, {
  begin: endHotReload,
  end: async () => {
    await writeVisits(new Date());
    await news.stop();
  },
});
if (!dev) for (const locale of LOCALES) await failurePage(handle, locale, { visited: false });
// With a database that answers it takes no time; without one the process still says that it lives.
await within(FIRST_MS, first()).catch(() => undefined);
await listen(server).catch((error: unknown) => endWherePortIsTaken(error, "PORT"));
// One connection too many, for instance, is no reason to end all others.
server.on("error", (error) => log.error("a connection could not be taken", error));
log.info("listening", { host, port });
process.send?.("ready");

/** What is read before the line for news is open is forgotten again: the pages come after it. */
async function first(): Promise<void> {
  await Promise.all([erased, news.tried]);
  // While the database is away nothing can be made, and the process is not ready anyway.
  while (
    !dev &&
    !(await warmUp(handle).then(
      () => true,
      () => false,
    ))
  )
    await pause(WARM_UP_PAUSE_MS);
  enterPhase("serving");
}

async function listen(on: Server): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    on.once("error", reject);
    on.listen(port, host, resolve);
  });
}
