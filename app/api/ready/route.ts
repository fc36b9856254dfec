import { readiness } from "@/lib/ops/health/readiness";

export const dynamic = "force-dynamic";

/** 200 when the database and its queue answer, its disk has room, and the process is not stopping; else 503. */
export async function GET(): Promise<Response> {
  const { database, queue, disk, stopping } = await readiness();
  const ready = database && queue && disk && !stopping;
  const status = stopping ? "stopping" : ready ? "ready" : "not ready";
  const headers = ready ? undefined : { "retry-after": "5" };
  return Response.json({ status, database, queue, disk }, { status: ready ? 200 : 503, headers });
}
