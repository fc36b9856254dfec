import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { usualDecisionMs } from "@/lib/moderation/decision-time";

/** For how long a letter's usual time to a decision is kept, in milliseconds: a figure, which no decision changes at once. */
const KEPT_MS = 3_600_000;

/** How long a decision on a letter's signatures usually takes, in milliseconds; null where too few say so. */
export const usualDecisionTime = (letterId: string): Promise<number | null> =>
  cache.remember(`decision-time:${letterId}`, (scope) => {
    scope.until(Date.now() + KEPT_MS);
    return usualDecisionMs(db, letterId);
  });
