import type { Held, KeptReason } from "@/lib/bulk/rules";
import type { Tx } from "@/lib/db/client";
import type { BulkItemState, BulkState } from "@/prisma/generated/enums";

/** A bulk act under way, locked: its batches follow one another, however many workers there are. */
export type LockedAct = {
  id: string;
  letterId: string;
  slug: string;
  state: BulkState;
  reason: string;
  adminId: string;
  undoneById: string | null;
  /** When it was run. */
  createdAt: Date;
};

/** Locks a bulk act until the transaction ends; null where there is none, or only a draft. */
export async function lockAct(tx: Tx, id: string): Promise<LockedAct | null> {
  const [act] = await tx.$queryRaw<LockedAct[]>`
    SELECT a.id, a.letter_id AS "letterId", l.slug, a.state::text AS state, a.reason, a.admin_id AS "adminId",
      a.undone_by_id AS "undoneById", a.created_at AS "createdAt"
    FROM bulk_act a JOIN letter l ON l.id = a.letter_id
    WHERE a.id = ${id}::uuid AND a.state <> 'DRAFT' FOR UPDATE OF a`;
  return act ?? null;
}

/** How a signature was before the act; what the act changes, and nothing personal in the clear. */
export type Before = Pick<Held, "state" | "quarantine"> & {
  decidedAt: string | null;
  publishedAt: string | null;
  /** Why undoing left it as it is. */
  kept?: KeptReason;
};

/** A signature of a bulk act, locked, as it stands. */
export type HeldSignature = Held & {
  id: string;
  decidedAt: Date | null;
  publishedAt: Date | null;
  /** The revision that the item names: when it was chosen or, after the act, when it was left. */
  itemRevision: number;
  before: Before | null;
};

/**
 * Locks the next signatures of a bulk act whose items are in a state, in the order of their ids, so that two acts
 * about the same ones wait for each other instead of blocking each other.
 */
export async function lockNext(
  tx: Tx,
  bulkActId: string,
  state: BulkItemState,
  most: number,
): Promise<HeldSignature[]> {
  return tx.$queryRaw<HeldSignature[]>`
    SELECT g.id, g.state::text AS state, g.revision, g.quarantine::text AS quarantine,
      g.decided_at AS "decidedAt", g.published_at AS "publishedAt", i.revision AS "itemRevision", i.before
    FROM bulk_item i JOIN signature g ON g.id = i.signature_id
    WHERE i.bulk_act_id = ${bulkActId}::uuid AND i.state = ${state}::"BulkItemState"
    ORDER BY g.id LIMIT ${most} FOR UPDATE OF g`;
}
