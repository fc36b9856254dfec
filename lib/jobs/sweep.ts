import { forgetOldSignIns } from "@/lib/auth/sign-in-links";
import { db } from "@/lib/db/client";
import { forgetOldCounts } from "@/lib/rate-limit/store";
import { forgetNetworks } from "@/lib/signatures/forget-networks";
import { forgetOldAddressMails } from "@/lib/signatures/mail-allowance";

/** Deletes what has served its time: spent mail allowances, counts, networks of old signatures, sign-in links and sessions that are over. */
export async function sweep(now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    await forgetOldAddressMails(tx, now);
    await forgetOldCounts(tx, now);
    await forgetNetworks(tx, now);
    await forgetOldSignIns(tx, now);
  });
}
