import { createHash, timingSafeEqual } from "node:crypto";
import { Gauge, Registry } from "prom-client";
import { env } from "@/lib/env";
import { addDatabaseGauges } from "@/lib/ops/metrics/database-gauges";
import { registry } from "@/lib/ops/metrics/registry";
import packageFile from "@/package.json" with { type: "json" };

type MetricsText = { text: string; contentType: string };

/**
 * Writes what this process and the database know in Prometheus' text format. It holds counts only: nobody's name,
 * address, network or path.
 * @param authorization the request's header; `Bearer` and METRICS_TOKEN open it
 * @returns "hidden" where no token is configured, "refused" for a wrong one
 */
export async function metricsText(authorization: string | null): Promise<MetricsText | "hidden" | "refused"> {
  const { metricsToken } = env();
  if (!metricsToken) return "hidden";
  // Schemes are the same in any case (RFC 9110, 11.1).
  const [, token = ""] = /^bearer +(.*)$/i.exec(authorization ?? "") ?? [];
  if (!isSame(token, metricsToken)) return "refused";
  const read = new Registry();
  const build = {
    name: "undersigned_build_info",
    help: "Which program runs.",
    labelNames: ["version", "node"],
  };
  new Gauge({ ...build, registers: [read] }).set({ version: packageFile.version, node: process.version }, 1);
  await addDatabaseGauges(read);
  const text = [await registry().metrics(), await read.metrics()].join("\n");
  return { text, contentType: registry().contentType };
}

/** Compares in a time that tells nothing of what was right. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
