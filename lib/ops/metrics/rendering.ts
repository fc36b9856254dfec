import { Counter, Gauge } from "prom-client";
import { registry } from "@/lib/ops/metrics/registry";

const RENDERED = "undersigned_rendered_total";
const REFUSED = "undersigned_line_refused_total";
const WAITING = "undersigned_line_waiting";

/** Counts what Next was asked to make: all that is answered from memory, and every refusal, is not among it. */
export function countRendered(): void {
  const known = registry().getSingleMetric(RENDERED) as Counter | undefined;
  const help = "Pages and answers that were made, and did not come from memory.";
  (known ?? new Counter({ name: RENDERED, help, registers: [registry()] })).inc();
}

/** Tells, whenever the metrics are read, how many wait in each line and how many have left each without an answer. */
export function observeLines(lines: Record<string, { waiting: number; refused: number }>): void {
  new Gauge({
    name: WAITING,
    help: "Requests that wait for their turn, by line.",
    labelNames: ["line"],
    registers: [registry()],
    collect() {
      for (const [line, { waiting }] of Object.entries(lines)) this.set({ line }, waiting);
    },
  });
  new Counter({
    name: REFUSED,
    help: "Requests whose turn did not come, by line: it was full, time was over, or the visitor had left.",
    labelNames: ["line"],
    registers: [registry()],
    collect() {
      this.reset();
      for (const [line, { refused }] of Object.entries(lines)) this.inc({ line }, refused);
    },
  });
}
