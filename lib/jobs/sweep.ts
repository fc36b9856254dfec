import { forgetOldSignIns } from "@/lib/auth/sign-in-links";
import { db } from "@/lib/db/client";
import { forgetOldAddressMails } from "@/lib/signatures/mail-allowance";

/** Deletes what has served its time: spent mail allowances, sign-in links and sessions that are over. */
export async function sweep(now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    await forgetOldAddressMails(tx, now);
    await forgetOldSignIns(tx, now);
  });
}
