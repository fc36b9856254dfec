import { bySystem } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { type NewestChange, newestChanges } from "@/lib/signatures/confirm-again/newest-changes";
import { applyChanges } from "@/lib/signatures/engine/apply-changes";
import { lockSubjects } from "@/lib/signatures/engine/subject";

const BATCH = 100;

/**
 * Moves a batch of the signatures that were not confirmed again in time to the list of earlier versions; and brings back
 * those whose version is close to the newest text again. A transaction each: whatever dies, another call goes on.
 * @returns how many were moved; call again until none is
 */
export async function moveEarlier(now: Date): Promise<number> {
  for (const change of await newestChanges(db, now)) {
    const moved = await moveOf(change, now);
    if (moved > 0) return moved;
  }
  return 0;
}

async function moveOf(change: NewestChange, now: Date): Promise<number> {
  const { letterId, answerBy, largeSince, number } = change;
  return db.$transaction(async (tx) => {
    const due = answerBy !== null && answerBy <= now;
    const found = await tx.$queryRaw<{ id: string }[]>`
      (SELECT g.id FROM signature g JOIN signatory s ON s.id = g.signatory_id AND s.typed IS NOT NULL
        WHERE ${due} AND g.letter_version_id = ANY(${largeSince}::uuid[]) AND NOT g.earlier
          AND g.told_version >= ${number} AND g.state IN ('VERIFIED', 'APPROVED', 'REJECTED') LIMIT ${BATCH})
      UNION ALL
      (SELECT g.id FROM signature g JOIN signatory s ON s.id = g.signatory_id AND s.typed IS NOT NULL
          JOIN letter_version v ON v.id = g.letter_version_id
        WHERE v.letter_id = ${letterId}::uuid AND v.id <> ALL(${largeSince}::uuid[]) AND g.earlier
          AND g.state IN ('VERIFIED', 'APPROVED', 'REJECTED') LIMIT ${BATCH})`;
    const subjects = await lockSubjects(
      tx,
      found.map(({ id }) => id),
    );
    // Confirmed again, decided on or withdrawn while we waited for the lock.
    const changes = subjects.flatMap((subject) => {
      const earlier = largeSince.includes(subject.version.id);
      if (subject.erased || subject.earlier === earlier) return [];
      const action = earlier ? "signature.set-earlier" : "signature.count-again";
      return [{ subject, action, after: { earlier }, details: { newest: number } }];
    });
    const refused = await applyChanges(tx, changes, bySystem(now));
    return changes.length - refused.size;
  });
}
