import { auditBatch, type BulkLine } from "@/lib/bulk/audit-batch";
import { changeCounts } from "@/lib/bulk/change-counts";
import { finishAct } from "@/lib/bulk/finish-act";
import { type Before, type HeldSignature, type LockedAct, lockNext } from "@/lib/bulk/held-signatures";
import { BATCH, type KeptReason, restorationOf } from "@/lib/bulk/rules";
import { type NewStanding, storeItems, storeQuarantines, storeStandings } from "@/lib/bulk/store-batch";
import type { Tx } from "@/lib/db/client";
import { standingColumns } from "@/lib/moderation/standing-columns";
import { readSubjects, type Subject } from "@/lib/moderation/subject";

type Changed = HeldSignature & { before: Before };
type Restored = { held: Changed; before: Subject; after: Subject; columns: NewStanding };

/**
 * Restores the next signatures of an act exactly as they were: state, place on the list, times and quarantine. Those
 * that somebody has touched since, that were erased, or whose place on the list another holds, stay as they are.
 * @param act locked by this transaction and being undone
 * @returns whether more may be left
 */
export async function restoreBatch(tx: Tx, act: LockedAct, now: Date): Promise<boolean> {
  const held = (await lockNext(tx, act.id, "DONE", BATCH)) as Changed[];
  const wanted = (kind: ReturnType<typeof restorationOf>) =>
    held.filter((one) => restorationOfItem(one) === kind);
  const released = wanted("release");
  const subjects = await readSubjects(
    tx,
    wanted("restore").map(({ id }) => id),
  );
  const possible = wanted("restore").flatMap((one) => restored(one, subjects, now) ?? []);
  const taken = await listingsTaken(tx, possible);
  const free = possible.filter(({ columns }) => !columns.listing || !taken.has(columns.listing));
  await storeStandings(
    tx,
    free.map(({ columns }) => columns),
  );
  await storeQuarantines(
    tx,
    released.map(({ id, before: { quarantine } }) => ({ id, quarantine })),
  );
  await changeCounts(tx, act, free, now);
  await auditBatch(tx, { act, adminId: act.undoneById, now }, [
    ...free.map(restoredLine),
    ...released.map(releasedLine),
  ]);
  const undone = new Set([...free.map(({ held: { id } }) => id), ...released.map(({ id }) => id)]);
  const whyKept = ({ id }: Changed): KeptReason =>
    possible.some(({ held: other }) => other.id === id) ? "listed-elsewhere" : "moved-on";
  await storeItems(
    tx,
    act.id,
    held.map((one) => {
      const { id, itemRevision: revision, before } = one;
      return undone.has(id)
        ? { id, state: "UNDONE", revision, before }
        : { id, state: "KEPT", revision, before: { ...before, kept: whyKept(one) } };
    }),
  );
  if (held.length < BATCH) await finishAct(tx, act, now);
  return held.length === BATCH;
}

const restorationOfItem = (one: Changed) =>
  restorationOf(one, { state: one.before.state, revision: one.itemRevision });

function restored(held: Changed, subjects: Subject[], now: Date): Restored | null {
  const before = subjects.find(({ id }) => id === held.id);
  if (!before) return null;
  const { state, publishedAt, decidedAt } = held.before;
  const after: Subject = { ...before, state };
  const asPublished = { ...before, publishedAt: publishedAt ? new Date(publishedAt) : null };
  const { signature, signatory } = standingColumns(asPublished, after, undefined, now);
  const { country: _, expert: __, ...shown } = signatory;
  const columns: NewStanding = {
    id: held.id,
    signatoryId: before.signatoryId,
    revision: held.revision,
    ...signature,
    decidedAt: decidedAt ? new Date(decidedAt) : null,
    reason: null,
    shown,
  };
  return { held, before, after, columns };
}

/** Which of the places on the list are held by others now. */
async function listingsTaken(tx: Tx, possible: Restored[]): Promise<Set<string | null>> {
  const listings = possible.flatMap(({ columns }) => columns.listing ?? []);
  const rows = await tx.signature.findMany({
    where: { listing: { in: listings } },
    select: { listing: true },
  });
  return new Set(rows.map(({ listing }) => listing));
}

function restoredLine({ held, after }: Restored): BulkLine {
  const { quarantine } = held;
  return {
    action: "signature.reinstate",
    signatureId: held.id,
    before: { state: held.state, quarantine },
    after: { state: after.state, quarantine },
  };
}

function releasedLine({ id, state, quarantine, before }: Changed): BulkLine {
  return {
    action: "signature.reinstate",
    signatureId: id,
    before: { state, quarantine },
    after: { state, quarantine: before.quarantine },
  };
}
