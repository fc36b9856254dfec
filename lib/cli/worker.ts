import { ConfigurationError } from "@/lib/errors";
import { startWorker } from "@/lib/jobs/worker";

const say = (line: string) => process.stdout.write(`worker: ${line}\n`);

const worker = await startWorker(say).catch((error: unknown) => {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});

/** Lets the mails under way finish, then ends; asked twice, it ends once. */
function stop(): void {
  void worker.stop().finally(() => process.exit());
}

process.on("SIGTERM", stop).on("SIGINT", stop);
say("ready to send mail.");
