import type { Tx } from "@/lib/db/client";
import { suppressionEnds } from "@/lib/deliveries/rules";

/**
 * Lets addresses have mail again that bounced or complained long ago: who still does not want it says so again. What
 * moderators were told of a bounce stays with its signatures.
 */
export async function forgetOldSuppressions(tx: Tx, now: Date): Promise<number> {
  const over = (["BOUNCED", "COMPLAINED"] as const).map((reason) => ({
    reason,
    at: { lt: suppressionEnds(reason, now) },
  }));
  const { count } = await tx.suppression.deleteMany({ where: { OR: over } });
  return count;
}
