import { readiness } from "@/lib/ops/health/readiness";

export const dynamic = "force-dynamic";

/** 200 when the database and its queue answer, its disk has room, and the process takes new work; else 503. */
export async function GET(): Promise<Response> {
  const { database, queue, disk, phase } = await readiness();
  const ready = database && queue && disk && phase === "serving";
  const status = ready ? "ready" : phase === "serving" ? "not ready" : phase;
  const headers = ready ? undefined : { "retry-after": "5" };
  return Response.json({ status, database, queue, disk }, { status: ready ? 200 : 503, headers });
}
