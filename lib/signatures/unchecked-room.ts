import { UNCHECKED_WAITING } from "@/lib/abuse/limits/limits";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { wideNetworkHash } from "@/lib/signatures/claim";

type Waiting = { total: number; networks: number; own: number };

/**
 * Makes sure that there is room for one more signature without the proof of work that was wanted: strangers could else
 * fill the disk. What waits already stays; only networks that have their share of the places are asked to come later.
 * @param network as in `Signing`
 * @throws CrowdedError where there is none
 */
export async function assertRoom(network: string | null, now: Date): Promise<void> {
  const hash = network ? wideNetworkHash(network) : null;
  const waiting = await countWaiting(hash);
  const over = excess(waiting);
  if (over === null) return;
  const of = over.of === "network" ? { wideNetworkHash: hash } : {};
  const [next] = await db.signature.findMany({
    where: { unchecked: true, state: "PENDING", ...of },
    orderBy: { expiresAt: "asc" },
    skip: over.count,
    take: 1,
    select: { expiresAt: true },
  });
  throw new CrowdedError(next?.expiresAt ?? now, now);
}

/** How many signatures wait without a proof: in all, from how many networks, and from this one. */
async function countWaiting(hash: string | null): Promise<Waiting> {
  const [waiting] = await db.$queryRaw<Waiting[]>`
    SELECT COALESCE(sum(count), 0)::int AS total, count(*)::int AS networks,
      COALESCE(sum(count) FILTER (WHERE hash IS NOT DISTINCT FROM ${hash}), 0)::int AS own
    FROM (SELECT wide_network_hash AS hash, count(*) FROM signature
      WHERE unchecked AND state = 'PENDING' GROUP BY 1) each`;
  return waiting ?? { total: 0, networks: 0, own: 0 };
}

/**
 * Whose places are taken, and how many must become free before there is room, less one; null where there is room.
 * @param own of the network, which counts among the networks also where it has none yet
 */
export function excess({ total, networks, own }: Waiting): { of: "all" | "network"; count: number } | null {
  const { most } = UNCHECKED_WAITING;
  if (total < most) return null;
  if (total >= 2 * most) return { of: "all", count: total - 2 * most };
  const share = Math.max(1, Math.floor(most / (networks + (own === 0 ? 1 : 0))));
  return own < share ? null : { of: "network", count: own - share };
}

const HOUR_MS = 3_600_000;

/** There is no room now for a signature without a proof of work; there is at a time, at the latest. */
export class CrowdedError extends DomainError {
  override name = "CrowdedError";
  readonly hours: number;

  constructor(until: Date, now: Date) {
    super("crowded");
    this.hours = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / HOUR_MS));
  }
}
