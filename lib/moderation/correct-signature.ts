import { DomainError } from "@/lib/errors";
import { type Moderation, moderate } from "@/lib/moderation/moderate";
import { possibleActions } from "@/lib/moderation/rules";
import type { Correction } from "@/lib/signatures/correction";

/**
 * Corrects what is displayed of a signatory. What was typed is kept; on the list, in the counts and among the
 * organisations that may not be listed twice the correction takes its place.
 * @throws DomainError `invalid` for the fields of another kind, `conflict` where nothing can be corrected any more,
 * `already-listed` where the corrected organisation is on the list, `forbidden`, `not-found`
 */
export async function correctSignature(asked: Moderation & { correction: Correction }): Promise<void> {
  const { correction, ...moderation } = asked;
  await moderate(moderation, (subject) => {
    if (subject.kind !== correction.kind) throw new DomainError("invalid");
    if (!possibleActions(subject).includes("correct")) throw new DomainError("conflict");
    const fields = { ...subject.fields, ...correction.fields };
    return {
      action: "signature.correct",
      after: { country: correction.country, fields },
      mail: "signature-corrected",
    };
  });
}
