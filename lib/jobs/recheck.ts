import { releaseUnblocked } from "@/lib/blocking/release-unblocked";
import { setApartBlocked } from "@/lib/blocking/set-apart-blocked";
import { recheckFlags } from "@/lib/flags/recheck-flags";
import type { Recheck } from "@/lib/jobs/queue";

/** Looks again at signatures that are there already, as far as something new is known. @returns how many changed */
export async function runRecheck(recheck: Recheck, now: Date): Promise<number> {
  if (recheck.what === "flags") return recheckFlags({ letterId: recheck.letterId, now });
  const { ruleId } = recheck;
  // Of a rule that is there the first has work, of one that was removed the second.
  return (await setApartBlocked({ ruleId, now })) + (await releaseUnblocked({ ruleId, now }));
}
