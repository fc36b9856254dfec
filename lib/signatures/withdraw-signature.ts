import type { Context } from "@/lib/auth/context";
import type { Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { nextState } from "@/lib/signatures/rules";

/**
 * Withdraws one signature: it no longer counts, and the person is erased.
 * @param action the verb for the audit log
 * @throws DomainError `conflict` where it cannot be withdrawn any more
 */
export async function withdrawSignature(
  tx: Tx,
  id: string,
  action: "signature.withdraw" | "signature.erase-again",
  context: Context,
): Promise<void> {
  const [subject] = await lockSubjects(tx, [id]);
  const state = subject && nextState(subject.state, "withdraw");
  if (!state) throw new DomainError("conflict");
  await applyChange(tx, { subject, action, after: { state }, erase: true }, context);
}
