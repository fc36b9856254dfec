import { Counter, Histogram } from "prom-client";
import { registry } from "@/lib/ops/metrics/registry";

const NAME = "undersigned_http_request_duration_seconds";
const FROM_MEMORY = "undersigned_answered_from_memory_total";

/**
 * Counts an answer and its time.
 * @param kind of route: `document`, `page`, `submit` and so on; never an address
 * @param ms milliseconds
 */
export function countAnswer(kind: string, status: number, ms: number): void {
  histogram().observe({ kind, status: `${Math.floor(status / 100)}xx` }, ms / 1_000);
}

function histogram(): Histogram<"kind" | "status"> {
  const known = registry().getSingleMetric(NAME) as Histogram<"kind" | "status"> | undefined;
  return (
    known ??
    new Histogram({
      name: NAME,
      help: "Time from a request's headers to the end of its answer, by kind of route.",
      labelNames: ["kind", "status"],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry()],
    })
  );
}

const fromMemory = new Map<number, number>();

/** Counts an answer that was there already. Its time would measure nothing but the network. */
export function countFromMemory(status: number): void {
  if (fromMemory.size === 0) tellFromMemory();
  fromMemory.set(status, (fromMemory.get(status) ?? 0) + 1);
}

function tellFromMemory(): void {
  new Counter({
    name: FROM_MEMORY,
    help: "Answers that came from memory at once, which are in no log and no other count, by status.",
    labelNames: ["status"],
    registers: [registry()],
    collect() {
      this.reset();
      for (const [status, count] of fromMemory) this.inc({ status: String(status) }, count);
    },
  });
}
