import { db } from "@/lib/db/client";
import { isBlocked } from "@/lib/moderation/blocklist/cached";
import { holdMail } from "@/lib/signatures/ask-for-mail";
import { addressHash } from "@/lib/signatures/claim";

/**
 * Has a fresh link sent to all that waits in this mailbox. Does nothing for a mailbox in which nothing waits, and for one
 * that the blocklist names, and tells nobody which.
 * @param email as typed; any spelling of the same mailbox
 */
export async function requestNewLink({ email, now }: { email: string; now: Date }): Promise<void> {
  if (await isBlocked({ email, network: null })) return;
  const waiting = await db.signature.findMany({
    where: { addressHash: addressHash(email), state: "PENDING", expiresAt: { gt: now } },
    orderBy: [{ unchecked: "asc" }, { submittedAt: "desc" }],
    select: { unchecked: true, wideNetworkHash: true },
    take: 1,
  });
  for (const { unchecked, wideNetworkHash } of waiting) {
    const asking = { email, networkHash: wideNetworkHash, unchecked, checked: false };
    // It leaves within a second where no limit is against it.
    await db.$transaction((tx) => holdMail(tx, asking, now));
  }
}
