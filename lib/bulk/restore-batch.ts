import { auditBatch, type BulkLine } from "@/lib/bulk/audit-batch";
import { finishAct } from "@/lib/bulk/finish-act";
import { type Before, type HeldSignature, type LockedAct, lockNext } from "@/lib/bulk/held-signatures";
import { BATCH, restorationOf } from "@/lib/bulk/rules";
import {
  type ItemOutcome,
  type NewStanding,
  storeItems,
  storeQuarantines,
  storeStandings,
} from "@/lib/bulk/store-batch";
import type { Tx } from "@/lib/db/client";
import { standingColumns } from "@/lib/moderation/standing-columns";
import { readSubjects, type Subject } from "@/lib/moderation/subject";
import { countChanges } from "@/lib/tally/count-changes";

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
  const { restored, released, displaced } = await sortOut(tx, held, now);
  const standings = restored.map(({ columns }) => columns);
  await storeStandings(tx, standings);
  const quarantines = released.map(({ id, before: { quarantine } }) => ({ id, quarantine }));
  await storeQuarantines(tx, quarantines);
  await countChanges(tx, { id: act.letterId, slug: act.slug }, restored, now);
  const lines = [...restored.map(restoredLine), ...released.map(releasedLine)];
  await auditBatch(tx, { act, adminId: act.undoneById, now }, lines);
  const undone = new Set([...standings, ...released].map(({ id }) => id));
  await storeItems(
    tx,
    act.id,
    held.map((one) => outcomeOf(one, undone, displaced)),
  );
  if (held.length < BATCH) await finishAct(tx, act, now);
  return held.length === BATCH;
}

type Sorted = {
  restored: Restored[];
  released: Changed[];
  /** Whose place on the list another holds. */
  displaced: Set<string>;
};

/** Sorts signatures by what undoing does to them; what is in no group stays as it is. */
async function sortOut(tx: Tx, held: Changed[], now: Date): Promise<Sorted> {
  const of = (kind: ReturnType<typeof restorationOf>) =>
    held.filter((one) => restorationOf(one, leftAs(one)) === kind);
  const wanted = of("restore");
  const ids = wanted.map(({ id }) => id);
  const subjects = await readSubjects(tx, ids);
  const possible = wanted.flatMap((one) => restoredFrom(one, subjects, now) ?? []);
  const taken = await listingsTaken(tx, possible);
  const isTaken = ({ columns: { listing } }: Restored) => listing !== null && taken.has(listing);
  return {
    restored: possible.filter((one) => !isTaken(one)),
    released: of("release"),
    displaced: new Set(possible.filter(isTaken).map(({ held: { id } }) => id)),
  };
}

function outcomeOf(one: Changed, undone: Set<string>, displaced: Set<string>): ItemOutcome {
  const { id, itemRevision: revision, before } = one;
  if (undone.has(id)) return { id, state: "UNDONE", revision, before };
  const kept = displaced.has(id) ? "listed-elsewhere" : "moved-on";
  return { id, state: "KEPT", revision, before: { ...before, kept } };
}

const leftAs = ({ before, itemRevision }: Changed) => ({ state: before.state, revision: itemRevision });

function restoredFrom(held: Changed, subjects: Subject[], now: Date): Restored | null {
  const before = subjects.find(({ id }) => id === held.id);
  if (!before) return null;
  const { state, publishedAt, decidedAt } = held.before;
  const after: Subject = { ...before, state };
  const asPublished = { ...before, publishedAt: publishedAt ? new Date(publishedAt) : null };
  const { signature, signatory } = standingColumns(asPublished, after, undefined, now);
  const { expert: _, ...shown } = signatory;
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
async function listingsTaken(tx: Tx, possible: Restored[]): Promise<Set<string>> {
  const listings = possible.flatMap(({ columns }) => columns.listing ?? []);
  const rows = await tx.signature.findMany({
    where: { listing: { in: listings } },
    select: { listing: true },
  });
  return new Set(rows.flatMap(({ listing }) => listing ?? []));
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
