import { eraseBeforeServing } from "@/lib/erasure/before-serving";
import { ConfigurationError } from "@/lib/errors";
import { endOnSignal } from "@/lib/health/end-on-signal";
import { startWorker } from "@/lib/jobs/worker";
import { captureConsole, endAtFailure } from "@/lib/log/console";
import { log, nameProcess } from "@/lib/log/log";

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
