import { ThoroughWalk } from "@/lib/audit/link-thoroughly";

/**
 * Links every entry that is not linked yet. @returns how many
 * @param now decides which of them are late; none is, unless it is given
 */
export async function linkAll(now = new Date(0), pageSize?: number): Promise<number> {
  const walk = new ThoroughWalk(pageSize);
  while (await walk.step(now));
  return walk.linked;
}
