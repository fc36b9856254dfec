import { forgetOldSignIns } from "@/lib/auth/sign-in-links";
import { forgetDrafts } from "@/lib/bulk/forget-drafts";
import { forgetNetworksOfActs } from "@/lib/bulk/forget-networks";
import { db } from "@/lib/db/client";
import { forgetOldSuppressions } from "@/lib/deliveries/forget-old-suppressions";
import { forgetOldEvents } from "@/lib/deliveries/take-in-event";
import { forgetOldBatches } from "@/lib/jobs/mail-batches";
import { forgetOldCounts } from "@/lib/rate-limit/store";
import { forgetNetworks } from "@/lib/signatures/forget-networks";
import { forgetOldAddressMails } from "@/lib/signatures/mail-allowance";

/**
 * Deletes what has served its time: spent mail allowances, counts, networks of old signatures and bulk acts, sign-in
 * links and sessions that are over, ended mail batches, bounces and complaints of long ago, drafts of bulk acts.
 */
export async function sweep(now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    await forgetOldAddressMails(tx, now);
    await forgetOldCounts(tx, now);
    await forgetNetworks(tx, now);
    await forgetNetworksOfActs(tx, now);
    await forgetOldSignIns(tx, now);
    await forgetOldBatches(tx);
    await forgetOldEvents(tx, now);
    await forgetOldSuppressions(tx, now);
  });
  await forgetDrafts(now);
}
