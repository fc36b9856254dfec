import { jsonError } from "@/app/api/v1/json";
import { metricsText } from "@/lib/ops/metrics/metrics-text";

export const dynamic = "force-dynamic";

/** Counts and latencies for a collector that knows METRICS_TOKEN; where none is configured, there is nothing here. */
export async function GET(request: Request): Promise<Response> {
  const metrics = await metricsText(request.headers.get("authorization"));
  if (metrics === "hidden") return jsonError(404, "not-found", "There is nothing at this address.");
  if (metrics === "refused")
    return new Response(null, { status: 401, headers: { "www-authenticate": "Bearer" } });
  return new Response(metrics.text, { headers: { "content-type": metrics.contentType } });
}
