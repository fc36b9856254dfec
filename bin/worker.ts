import { env } from "@/lib/env";
import { ConfigurationError } from "@/lib/errors";
import { startWorker } from "@/lib/jobs/worker";
import { endOnSignal } from "@/lib/ops/health/end-on-signal";
import { captureConsole, endAtFailure } from "@/lib/ops/log/console";
import { log, nameProcess } from "@/lib/ops/log/log";
import { reportCollation } from "@/lib/signatories/reindex-list";
import { eraseBeforeServing } from "@/lib/signatures/erasure/before-serving";

nameProcess("worker");
captureConsole();
endAtFailure();

const worker = await eraseBeforeServing()
  .then(() => startWorker((line) => log.warn(line)))
  .catch((error: unknown) => {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });

endOnSignal(() => worker.stop());
log.info("ready to send mail");
await reportCollation(env().databaseUrl).catch(() => undefined);
