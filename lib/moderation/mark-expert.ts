import { DomainError } from "@/lib/errors";
import { type Moderation, moderate } from "@/lib/moderation/moderate";
import { possibleActions } from "@/lib/moderation/rules";

/**
 * Shows an individual as an expert, before or after the approval, and says so to the signatory; or takes that back.
 * @throws DomainError `invalid` for an organisation, `conflict` where nothing would change, `forbidden`, `not-found`
 */
export async function markExpert({ expert, ...moderation }: Moderation & { expert: boolean }): Promise<void> {
  await moderate(moderation, (subject) => {
    if (subject.kind !== "INDIVIDUAL") throw new DomainError("invalid");
    if (!possibleActions(subject).includes(expert ? "markExpert" : "unmarkExpert"))
      throw new DomainError("conflict");
    return expert
      ? { action: "signature.mark-expert", after: { expert }, mail: "signature-expert" }
      : { action: "signature.unmark-expert", after: { expert } };
  });
}
