import { DomainError } from "@/lib/errors";
import { type Moderation, moderate } from "@/lib/moderation/moderate";
import { nextState } from "@/lib/signatures/rules";

/**
 * Approves a signature: from now on it counts, and is shown if its signatory chose so.
 * @param asExpert show the individual as an expert, also where no moderator has said so before
 * @throws DomainError `conflict` where it cannot be approved any more, `already-listed` where the organisation is on
 * the list, `invalid` for an organisation as expert, `forbidden`, `not-found`
 */
export async function approveSignature({
  asExpert,
  ...moderation
}: Moderation & { asExpert: boolean }): Promise<void> {
  await moderate(moderation, ({ state, kind, expert }) => {
    const after = nextState(state, "approve");
    if (!after) throw new DomainError("conflict");
    if (asExpert && kind !== "INDIVIDUAL") throw new DomainError("invalid");
    const decided = { state: after, expert: expert || asExpert };
    return { action: "signature.approve", after: decided, mail: "signature-approved" };
  });
}
