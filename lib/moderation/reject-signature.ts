import { DomainError } from "@/lib/errors";
import { type Moderation, moderate } from "@/lib/moderation/moderate";
import { nextState } from "@/lib/signatures/rules";
import { LIMITS } from "@/lib/signatures/schemas";

/**
 * Rejects a signature. One that was approved no longer counts and disappears from the list.
 * @param reason why, for the other moderators and the signatory; stored encrypted
 * @throws DomainError `invalid` without a reason, `conflict` where it cannot be rejected any more, `forbidden`,
 * `not-found`
 */
export async function rejectSignature({
  reason,
  ...moderation
}: Moderation & { reason: string }): Promise<void> {
  const words = reason.trim().normalize("NFC");
  if (!words || [...words].length > LIMITS.reason) throw new DomainError("invalid");
  await moderate(moderation, ({ state }) => {
    const after = nextState(state, "reject");
    if (!after) throw new DomainError("conflict");
    return { action: "signature.reject", after: { state: after }, reason: words, mail: "signature-rejected" };
  });
}
