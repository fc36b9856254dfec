import { bySignatory } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { claimOf } from "@/lib/signatures/claim";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { nextState } from "@/lib/signatures/rules";
import { hashToken } from "@/lib/vault/tokens";

/** The token of a mailed link and the number of the content that its page showed. */
export type Confirmation = { token: string; revision: number; now: Date };

/**
 * Confirms the one pending signature that a link was mailed for, once, and notes what moderators should notice about it.
 * It takes the place that its mailbox has on the letter; the database decides between two of them. Also after the letter
 * has closed: it was signed in time.
 * @throws DomainError `not-found` for a token that is unknown, used or expired; `conflict` where the page showed another
 * content, or somebody else was faster; `already-signed` where another signature of the mailbox holds its place
 */
export async function confirmSignature({ token, revision, now }: Confirmation): Promise<void> {
  await db.$transaction(async (tx) => {
    const good = {
      hash: hashToken(token),
      purpose: "CONFIRM",
      usedAt: null,
      expiresAt: { gt: now },
    } as const;
    const link = await tx.signatureToken.findFirst({ where: good, select: { signatureId: true } });
    if (!link) throw new DomainError("not-found");
    const { signatureId } = link;
    const [subject] = await lockSubjects(tx, [signatureId]);
    // Earlier links of the same signature have done their work too. A refusal below rolls this back: they stay good.
    const unused = { signatureId, usedAt: null };
    const { count } = await tx.signatureToken.updateMany({ where: unused, data: { usedAt: now } });
    if (!subject || count === 0) throw new DomainError("not-found");
    const state = nextState(subject.state, "verify");
    if (!state || subject.erased || subject.revision !== revision) throw new DomainError("conflict");
    const claim = claimOf(subject.letterId, subject.email, subject.kind, subject.fields.name);
    const verified = { subject, action: "signature.verify", after: { state }, claim, details: { revision } };
    await applyChange(tx, verified, bySignatory(now));
  });
}
