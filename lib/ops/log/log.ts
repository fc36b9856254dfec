import pino, { type Logger } from "pino";
import { type Env, env } from "@/lib/env";
import { describeError } from "@/lib/ops/log/describe-error";
import { type Facts, scrub } from "@/lib/ops/log/facts";
import { requestId } from "@/lib/ops/log/request-id";
import { shortLine } from "@/lib/ops/log/short-line";
import { processWide } from "@/lib/process-wide";

/** Takes each finished line, its end included. */
type Sink = (line: string) => void;

type State = { part: string; logger?: Logger<"always">; sink?: Sink };
const state = processWide<State>("log", () => ({ part: "command" }));

/**
 * The one log of a process: a JSON line for each event on standard output, or a short one for people. An event is a few
 * fixed words; facts are codes, counts and ids. Nothing that a person typed, no address, no token.
 */
export const log = {
  debug: (event: string, facts: Facts = {}) => logger().debug(scrub(facts), event),
  info: (event: string, facts: Facts = {}) => logger().info(scrub(facts), event),
  warn: (event: string, facts: Facts = {}) => logger().warn(scrub(facts), event),
  /** @param error whatever was thrown; its message is left out */
  error: (event: string, error?: unknown, facts: Facts = {}) =>
    logger().error(scrub({ ...(error === undefined ? {} : describeError(error)), ...facts }), event),
  /** For what must be found later, whatever the level is that is logged. */
  always: (event: string, facts: Facts = {}) => logger().always(scrub(facts), event),
};

/** Names the process in every line: `web`, `worker`. */
export function nameProcess(part: string): void {
  state.part = part;
  state.logger = undefined;
}

/** Sends lines elsewhere than to standard output; for tests. */
export function logTo(sink: Sink | undefined): void {
  state.sink = sink;
  state.logger = undefined;
}

function logger(): Logger<"always"> {
  state.logger ??= makeLogger(settings());
  return state.logger;
}

/** An incomplete configuration is told where it is read first; until then lines are written as usual. */
function settings(): Pick<Env, "logFormat" | "logLevel"> {
  try {
    return env();
  } catch {
    return { logFormat: "json" };
  }
}

function makeLogger({ logFormat, logLevel }: Pick<Env, "logFormat" | "logLevel">): Logger<"always"> {
  const short = logFormat === "short";
  const out = state.sink ?? standardOutput();
  const options = {
    // Who reads short lines in a terminal wants to hear of trouble, not of every request.
    level: logLevel ?? (short ? "warn" : "info"),
    // Above all others; only `silent` leaves it out too.
    customLevels: { always: 70 },
    base: { part: state.part },
    messageKey: "event",
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: () => {
      const request = requestId();
      return request ? { request } : {};
    },
  };
  return pino(options, { write: (line: string) => out(short ? shortLine(line) : line) });
}

/** Written at once: a process that is killed has said what it did. A reader that is gone stops nobody. */
function standardOutput(): Sink {
  const destination = pino.destination({ fd: 1, sync: true });
  destination.on("error", () => undefined);
  return (line) => void destination.write(line);
}
