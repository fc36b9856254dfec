import { exceeds, isSpent } from "@/lib/abuse/limits/limiter";
import { LIMITS } from "@/lib/abuse/limits/limits";
import { networkExceeds } from "@/lib/abuse/limits/network-limits";
import { acceptProofOfWork } from "@/lib/abuse/proof-of-work/challenge";
import { isBlocked } from "@/lib/moderation/blocklist/cached";
import type { Judgement, Signing } from "@/lib/signatures/claim";

/**
 * Judges a signing before it is stored, and counts it. Nothing is refused here: what is suspicious is on hold, beside the
 * queue, on the same screen, and its mail is sent within the mail limits; only a blocked address or domain gets none.
 */
export async function judge(signing: Signing & { letterId: string }): Promise<Judgement> {
  const { network = null, input } = signing;
  const [wanted, checked, block] = await Promise.all([
    wantsProofOfWork(signing),
    signing.proofOfWork ? acceptProofOfWork(signing.proofOfWork) : false,
    isBlocked({ email: input.email, network }),
  ]);
  const unchecked = wanted && !checked;
  const hold = block ? "BLOCKED" : unchecked ? "UNCHECKED" : null;
  return { hold, mails: block === null || block === "NETWORK", unchecked, checked };
}

async function wantsProofOfWork({ network, letterId }: Signing & { letterId: string }): Promise<boolean> {
  const counts = await Promise.all([
    exceeds(LIMITS.signings),
    exceeds(LIMITS.signingsOfLetter, letterId),
    networkExceeds(LIMITS.signingsOfNetwork, network ?? null),
  ]);
  return counts.includes(true);
}

/** Whether a letter, or the site, is under such pressure that every signing needs a proof of work now. */
export async function isPressed(letterId: string): Promise<boolean> {
  const spent = await Promise.all([isSpent(LIMITS.signings), isSpent(LIMITS.signingsOfLetter, letterId)]);
  return spent.includes(true);
}
