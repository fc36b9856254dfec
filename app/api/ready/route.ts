import { readiness } from "@/lib/health/readiness";

export const dynamic = "force-dynamic";

/** 200 when the database and the queue can be reached and the process is not stopping, else 503 and what is amiss. */
export async function GET(): Promise<Response> {
  const { database, queue, stopping } = await readiness();
  const ready = database && queue && !stopping;
  const status = stopping ? "stopping" : ready ? "ready" : "not ready";
  const headers = ready ? undefined : { "retry-after": "5" };
  return Response.json({ status, database, queue }, { status: ready ? 200 : 503, headers });
}
