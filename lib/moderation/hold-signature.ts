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

/**
 * Puts a signature on hold until a moderator decides or releases it: no rule or repeat ends that. Tells nobody.
 * @throws DomainError `conflict` where it does not wait or a moderator holds it already, `forbidden`, `not-found`
 */
export async function holdSignature(moderation: Moderation): Promise<void> {
  await moderate(moderation, (subject) => {
    if (!possibleActions(subject).includes("hold")) throw new DomainError("conflict");
    return { action: "signature.hold", after: { hold: "BULK" } };
  });
}
