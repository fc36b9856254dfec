import { explain, say } from "@/bin/launch/progress";

const stops: (() => Promise<void>)[] = [];
let stopping: Promise<void> | undefined;
let asked = 0;

/** What to do at the end; the last one registered goes first. */
export function atEnd(stop: () => Promise<void>): void {
  stops.unshift(stop);
}

async function stopAll(): Promise<void> {
  for (const stop of stops) await stop().catch((error) => process.stderr.write(`${explain(error)}\n`));
}

/** Stops everything once, and ends the process with this code. */
export async function endWith(code: number): Promise<never> {
  stopping ??= stopAll();
  await stopping;
  process.exit(code);
}

/** Tells a failure in its own words, stops everything and ends the process. */
export async function failWith(error: unknown): Promise<never> {
  process.stderr.write(`${explain(error)}\n`);
  return endWith(1);
}

/** npm passes on the Ctrl-C that the terminal has sent already, so a second one within 2 s is no second wish. */
export function stopOnSignals(): void {
  const onSignal = () => {
    const first = asked === 0;
    if (!first && Date.now() - asked < 2_000) return;
    if (!first) process.exit(1);
    asked = Date.now();
    say("Stopping …");
    void endWith(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  stopWithNpm();
  // Where nobody reads any more what we say, writing fails; saying so would fail again, for ever.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  process.on("uncaughtException", failWith);
  process.on("unhandledRejection", failWith);
}

/** Who kills npm means us too: without it nobody could stop this process from its terminal. */
function stopWithNpm(): void {
  if (!process.env.npm_lifecycle_event) return;
  const npm = process.ppid;
  setInterval(() => {
    if (process.ppid !== npm) void endWith(1);
  }, 1_000).unref();
}
