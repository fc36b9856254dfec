import { setApartBlocked } from "@/lib/blocking/set-apart-blocked";
import { recheckFlags } from "@/lib/flags/recheck-flags";
import type { Recheck } from "@/lib/jobs/queue";

/** Looks again at signatures that are there already, as far as something new is known. @returns how many changed */
export function runRecheck(recheck: Recheck, now: Date): Promise<number> {
  return recheck.what === "flags"
    ? recheckFlags({ letterId: recheck.letterId, now })
    : setApartBlocked({ ruleId: recheck.ruleId, now });
}
