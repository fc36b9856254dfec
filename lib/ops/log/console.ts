import { log } from "@/lib/ops/log/log";

/**
 * Takes the console away from libraries, whose messages may quote what people typed: of what they say only the errors'
 * names, codes and places are written.
 */
export function captureConsole(): void {
  for (const level of ["error", "warn"] as const) {
    console[level] = (...said: unknown[]) => {
      const error = said.find((one) => one instanceof Error);
      if (level === "error" || error) log.error("a library complained", error);
      else log.warn("a library complained");
    };
  }
  for (const level of ["log", "info", "debug"] as const) console[level] = () => undefined;
}

export function endAtFailure(): void {
  const end = (error: unknown) => {
    log.error("the process failed", error);
    process.exit(1);
  };
  process.on("uncaughtException", end).on("unhandledRejection", end);
}
