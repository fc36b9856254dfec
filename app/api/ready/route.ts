import { readiness } from "@/lib/health/readiness";

export const dynamic = "force-dynamic";

/** 200 when the database and the queue can be reached, else 503 and which cannot. */
export async function GET(): Promise<Response> {
  const { database, queue } = await readiness();
  const ready = database && queue;
  const headers = ready ? undefined : { "retry-after": "5" };
  return Response.json(
    { status: ready ? "ready" : "not ready", database, queue },
    { status: ready ? 200 : 503, headers },
  );
}
