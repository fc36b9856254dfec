import { bySystem } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { keptSince } from "@/lib/retention/rules";
import { applyChanges } from "@/lib/signatures/engine/apply-changes";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { nextState } from "@/lib/signatures/rules";

const BATCH = 100;

/** Erases some of the persons whose signatures were rejected long ago. @returns how many; call again until none is left */
export async function eraseRejected(now: Date): Promise<number> {
  const before = keptSince("rejected", now);
  const where = { state: "REJECTED", decidedAt: { lt: before } } as const;
  const orderBy = [{ decidedAt: "asc" }, { id: "asc" }] as const;
  const due = await db.signature.findMany({
    where,
    orderBy: [...orderBy],
    take: BATCH,
    select: { id: true },
  });
  if (due.length === 0) return 0;
  return db.$transaction(async (tx) => {
    const subjects = await lockSubjects(
      tx,
      due.map(({ id }) => id),
    );
    const changes = subjects.flatMap((subject) => {
      const state = nextState(subject.state, "outlive");
      // Approved after all, or rejected anew, while we waited for the lock.
      if (subject.state !== "REJECTED" || !state || !subject.decidedAt || subject.decidedAt >= before)
        return [];
      return [{ subject, action: "signature.outlive", after: { state }, erase: true }];
    });
    const refused = await applyChanges(tx, changes, bySystem(now));
    return changes.length - refused.size;
  });
}
