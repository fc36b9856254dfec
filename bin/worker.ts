import { env, HURRY } from "@/lib/env";
import { ConfigurationError } from "@/lib/errors";
import { within } from "@/lib/http/deadline";
import { startWorker } from "@/lib/jobs/worker";
import { endOnSignal } from "@/lib/ops/health/end-on-signal";
import { captureConsole, endAtFailure } from "@/lib/ops/log/console";
import { log, nameProcess } from "@/lib/ops/log/log";
import { reportCollation } from "@/lib/signatories/reindex-list";
import { eraseBeforeServing } from "@/lib/signatures/erasure/before-serving";

/** How long one that is asked to stop may go on starting. */
const START_MS = 3_000 / HURRY;

nameProcess("worker");
captureConsole();
endAtFailure();

const starting = eraseBeforeServing().then(() => startWorker((line) => log.warn(line)));
// From here it has jobs, before all of it has started. Before its database, it has nothing to hand back.
endOnSignal(async () => (await within(START_MS, starting).catch(() => undefined))?.stop());
await starting.catch((error: unknown) => {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});

log.info("ready to send mail");
await reportCollation(env().databaseUrl).catch(() => undefined);
