import type { Tx } from "@/lib/db/client";
import { hiddenCountries } from "@/lib/signatories/hiding/queries";
import { hides } from "@/lib/signatories/hiding/rules";
import type { Change } from "@/lib/signatures/engine/change";
import { type Standing, standingAfter } from "@/lib/signatures/engine/rules";
import type { Subject } from "@/lib/signatures/engine/subject";

/**
 * The same changes, each with whether its name is hidden for now after it. That follows from what the
 * organiser hides at this moment and from undecided objections, whatever else changes: nothing approved,
 * corrected or shown again gets past it.
 */
export async function concealed(tx: Tx, changes: Change[]): Promise<Change[]> {
  const isConcealed = await concealing(
    tx,
    changes.map(({ subject }) => subject),
  );
  return changes.map((change) => {
    const { subject, after } = change;
    const isNow = isConcealed(subject, standingAfter(subject, after));
    return isNow === subject.concealed ? change : { ...change, after: { ...after, concealed: isNow } };
  });
}

/** Whether standings of these signatures' letters are to be hidden, as things are now. */
export async function concealing(
  tx: Tx,
  of: Pick<Subject, "id" | "letterId">[],
): Promise<(subject: Pick<Subject, "id">, standing: Standing) => boolean> {
  const letters = [...new Set(of.map(({ letterId }) => letterId))];
  const hidden = await hiddenCountries(tx, letters);
  const objected = await tx.objection.findMany({
    where: { signatureId: { in: of.map(({ id }) => id) }, state: "OPEN", own: true },
    select: { signatureId: true },
  });
  const ids = new Set(objected.map(({ signatureId }) => signatureId));
  return ({ id }, standing) =>
    standing.state === "APPROVED" && (ids.has(id) || hides(hidden.get(standing.letterId) ?? [], standing));
}
