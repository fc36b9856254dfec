import { DomainError } from "@/lib/errors";
import { type Moderation, moderate } from "@/lib/moderation/moderate";
import { possibleActions } from "@/lib/moderation/rules";

/**
 * Hides the name of a signatory who wrote and asked for it, and says so to the mailbox. Showing it again needs their link.
 * @throws DomainError `conflict` where it is hidden already, `forbidden`, `not-found`
 */
export async function hideName(moderation: Moderation): Promise<void> {
  await moderate(moderation, (subject) => {
    if (!possibleActions(subject).includes("hide")) throw new DomainError("conflict");
    return { action: "signature.hide", after: { visibility: "WITHHELD" }, mail: "signature-hidden" };
  });
}
