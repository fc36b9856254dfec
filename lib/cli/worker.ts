import { ConfigurationError } from "@/lib/errors";
import { startWorker } from "@/lib/jobs/worker";
import { captureConsole, endAtFailure } from "@/lib/log/console";
import { log, nameProcess } from "@/lib/log/log";

nameProcess("worker");
captureConsole();
endAtFailure();

const worker = await startWorker((line) => log.warn(line)).catch((error: unknown) => {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});

let stopping = false;
/** Lets the mails under way finish, hands the other jobs back, then ends; asked twice, it ends once. */
function stop(): void {
  if (stopping) return;
  stopping = true;
  log.info("stopping");
  void worker
    .stop()
    .catch((error) => log.error("stopping failed", error))
    .finally(() => {
      log.info("stopped");
      process.exit();
    });
}

process.on("SIGTERM", stop).on("SIGINT", stop);
log.info("ready to send mail");
