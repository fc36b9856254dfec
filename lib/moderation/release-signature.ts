import { DomainError } from "@/lib/errors";
import { type Moderation, moderate } from "@/lib/moderation/moderate";
import { possibleActions } from "@/lib/moderation/rules";

/**
 * Takes a signature off hold: it waits in the queue like any other. Tells nobody.
 * @throws DomainError `conflict` where it is not on hold, `forbidden`, `not-found`
 */
export async function releaseSignature(moderation: Moderation): Promise<void> {
  await moderate(moderation, (subject) => {
    if (!possibleActions(subject).includes("release")) throw new DomainError("conflict");
    return { action: "signature.release", after: { hold: null } };
  });
}
