import { afterEach, beforeEach } from "vitest";
import { logTo } from "@/lib/ops/log/log";

const said: string[] = [];

beforeEach(() => {
  said.length = 0;
  logTo((line) => {
    if (/^\{"level":"(?:warn|error)"/.test(line)) said.push(line);
  });
  for (const level of ["error", "warn"] as const) {
    console[level] = (...words: unknown[]) => {
      said.push(`console.${level}: ${words.map(String).join(" ")}`);
    };
  }
});

/** A warning is a failure, unless the test put its own listener in this place. */
afterEach(() => {
  if (said.length > 0) throw new Error(said.join("\n"));
});
