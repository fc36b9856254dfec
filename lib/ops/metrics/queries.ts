import { linkedUntil } from "@/lib/audit/queries";
import { db } from "@/lib/db/client";

type Counted = { count: number };

/** How many signatures there are in each state, apart by hold (`NONE` where it is not on hold). */
export function signatureCounts() {
  return db.$queryRaw<(Counted & { state: string; hold: string })[]>`
    SELECT state::text, coalesce(hold::text, 'NONE') AS hold, sum(count)::int AS count FROM standing_count GROUP BY 1, 2`;
}

/**
 * How many jobs each queue holds in each state (the outbox as the queue `mail`), and how many seconds the
 * oldest that is due has waited. A job whose next attempt is planned for later is not due.
 */
export function queueDepths() {
  return db.$queryRaw<(Counted & { queue: string; state: string; age: number })[]>`
    SELECT name AS queue, state::text, count(*)::int AS count,
      coalesce(extract(epoch FROM now() - min(created_on) FILTER (WHERE start_after <= now())), 0)::float8 AS age
    FROM pgboss.job WHERE state IN ('created', 'retry', 'active', 'failed') GROUP BY 1, 2
    UNION ALL
    SELECT 'mail', 'created', count(*)::int,
      coalesce(extract(epoch FROM now() - min(queued_at) FILTER (WHERE not_before <= now())), 0)::float8
    FROM mail WHERE state = 'WAITING' HAVING count(*) > 0`;
}

/** How many mails of each kind were sent or given up in the last day, and for what. */
export function mailOutcomes() {
  return db.$queryRaw<(Counted & { message: string; status: string; error: string })[]>`
    SELECT message, state::text AS status, coalesce(error, '') AS error, count(*)::int AS count
    FROM mail WHERE state IN ('SENT', 'FAILED') AND done_at > now() - interval '1 day' GROUP BY 1, 2, 3`;
}

export function circuits() {
  return db.$queryRaw<{ provider: string; open: boolean; failures: number }[]>`
    SELECT provider, coalesce(open_until > now(), false) AS open, failures FROM mail_gate`;
}

/**
 * The audit log: its chain's head, how many entries wait to be linked, and for how many seconds the oldest. Looked for from
 * where everything was linked on.
 */
export async function auditChain() {
  const since = (await linkedUntil()) ?? new Date(0);
  const [chain] = await db.$queryRaw<{ head: number; waiting: number; age: number }[]>`
    SELECT (SELECT coalesce(max(number), 0)::float8 FROM audit_link) AS head, count(*)::int AS waiting,
      coalesce(extract(epoch FROM now() - min(e.at)), 0)::float8 AS age
    FROM audit_entry e WHERE e.at >= ${since} AND NOT EXISTS (SELECT FROM audit_link l WHERE l.entry_id = e.id)`;
  return chain ?? { head: 0, waiting: 0, age: 0 };
}
