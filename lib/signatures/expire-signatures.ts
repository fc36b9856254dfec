import { bySystem } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { nextState, statesBefore } from "@/lib/signatures/rules";

const BATCH = 200;

type Lapsing = { now: Date /** How many make a batch. */; most?: number };

/**
 * Ends a batch of the pending signatures whose time is over, and erases the persons behind them. One signature's trouble
 * is not the others': where a whole batch fails, the next one is tried.
 * @returns how many expired; call again until none does
 * @throws what the first failure was, where all that is left failed
 */
export async function expireSignatures({ now, most = BATCH }: Lapsing): Promise<number> {
  const failures: unknown[] = [];
  for (;;) {
    const due = await db.signature.findMany({
      where: { state: { in: statesBefore("expire") }, expiresAt: { lte: now } },
      orderBy: [{ expiresAt: "asc" }, { id: "asc" }],
      select: { id: true },
      skip: failures.length,
      take: most,
    });
    const before = failures.length;
    for (const { id } of due)
      await db.$transaction((tx) => expire(tx, id, now)).catch((error) => failures.push(error));
    const expired = due.length - (failures.length - before);
    if (expired > 0) return expired;
    if (due.length > 0) continue;
    if (failures.length > 0) throw failures[0];
    return 0;
  }
}

async function expire(tx: Tx, id: string, now: Date): Promise<void> {
  const [subject] = await lockSubjects(tx, [id]);
  const state = subject && nextState(subject.state, "expire");
  // Confirmed, or submitted again, meanwhile.
  if (!state || subject.expiresAt > now) return;
  await applyChange(tx, { subject, action: "signature.lapse", after: { state }, erase: true }, bySystem(now));
}
