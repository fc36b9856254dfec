import { exceeds } from "@/lib/abuse/limits/limiter";
import type { Limit, NetworkLimit } from "@/lib/abuse/limits/limits";
import { wideNetwork } from "@/lib/http/client-address";

/**
 * Counts one event of a network, and of the IPv6 /48 around it: anyone who has one can make up 65,536 networks in it.
 * @param network as `lib/http/client-address.ts` names it; null counts nothing and is never too many
 * @returns whether that was one too many
 */
export async function networkExceeds(limit: NetworkLimit, network: string | null): Promise<boolean> {
  if (!network) return false;
  const wide = wideNetwork(network);
  // Once the /48 is over, its networks are not counted one by one: each would be another row.
  if (wide && (await exceeds(wideLimit(limit), wide))) return true;
  return exceeds(limit, network);
}

const wideLimit = ({ name, widePoints, seconds }: NetworkLimit): Limit => ({
  name: `${name}-wide`,
  points: widePoints,
  seconds,
});
