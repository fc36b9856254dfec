import { z } from "zod";
import { DAY_SECONDS, defineJob, HEARTBEAT_SECONDS } from "@/lib/jobs/define-job";
import { RECHECK_QUEUE, type Recheck } from "@/lib/jobs/queue";
import { holdBlocked } from "@/lib/moderation/blocklist/hold-blocked";
import { releaseUnblocked } from "@/lib/moderation/blocklist/release-unblocked";
import { recheckFlags, recheckNear } from "@/lib/moderation/flags/recheck-flags";

/** Looks again at signatures that are there already: what changed lists and new names on the list mean for them. */
export const recheckJob = defineJob<Recheck>({
  name: RECHECK_QUEUE,
  schema: z.union([
    z.object({ what: z.literal("flags"), letterId: z.uuid() }),
    z.object({
      what: z.literal("near"),
      letterId: z.uuid(),
      near: z.array(z.int()),
      ids: z.array(z.uuid()),
    }),
    z.object({ what: z.literal("block"), ruleId: z.uuid() }),
  ]),
  // Of those that wait, one of a kind is enough.
  options: {
    policy: "short",
    retryLimit: 10,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 600,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: 900,
    retentionSeconds: 14 * DAY_SECONDS,
    deleteAfterSeconds: DAY_SECONDS,
  },
  pollSeconds: 5,
  batchSize: 50,
  run: runRecheck,
});

/** Looks again, as far as something new is known. @returns how many changed */
export async function runRecheck(recheck: Recheck, now: Date): Promise<number> {
  if (recheck.what === "flags") return recheckFlags({ letterId: recheck.letterId, now });
  if (recheck.what === "near") return recheckNear(recheck.letterId, recheck, now);
  const { ruleId } = recheck;
  // Of a rule that is there the first has work, of one that was removed the second.
  return (await holdBlocked({ ruleId, now })) + (await releaseUnblocked({ ruleId, now }));
}
