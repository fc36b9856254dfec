import type { Before } from "@/lib/bulk/held-signatures";
import type { Tx } from "@/lib/db/client";
import type { BulkItemState, Quarantine, SignatureState } from "@/prisma/generated/enums";

/** The columns that follow from a signature's new standing, as `standingColumns` makes them. */
export type NewStanding = {
  id: string;
  signatoryId: string;
  /** As it is; the update is for this one only. */
  revision: number;
  state: SignatureState;
  listing: string | null;
  publishedAt: Date | null;
  decidedAt: Date | null;
  reason: string | null;
  shown: Record<
    | "country"
    | "sealedCountry"
    | "name"
    | "title"
    | "position"
    | "affiliation"
    | "website"
    | "orcid"
    | "folded"
    | "skeleton"
    | "siteSkeleton",
    string | null
  >;
};

/** Stores new standings of many signatures in two statements. @throws where one has moved on in spite of its lock */
export async function storeStandings(tx: Tx, standings: NewStanding[]): Promise<void> {
  if (standings.length === 0) return;
  const rows = JSON.stringify(standings);
  const changed = await tx.$executeRaw`
    UPDATE signature g SET state = v.state::"SignatureState", listing = v.listing, published_at = v."publishedAt",
      decided_at = v."decidedAt", reason = v.reason, revision = g.revision + 1
    FROM jsonb_to_recordset(${rows}::jsonb) AS v(id uuid, revision int, state text, listing text,
      "publishedAt" timestamptz, "decidedAt" timestamptz, reason text)
    WHERE g.id = v.id AND g.revision = v.revision`;
  if (changed !== standings.length) throw new Error("a locked signature has moved on");
  await tx.$executeRaw`
    UPDATE signatory s SET country = w.country, sealed_country = w."sealedCountry", name = w.name, title = w.title, position = w.position, affiliation = w.affiliation,
      website = w.website, orcid = w.orcid, folded = w.folded, skeleton = w.skeleton, site_skeleton = w."siteSkeleton"
    FROM jsonb_to_recordset(${rows}::jsonb) AS v("signatoryId" uuid, shown jsonb),
      jsonb_to_record(v.shown) AS w(country text, "sealedCountry" text, name text, title text, position text, affiliation text, website text, orcid text,
        folded text, skeleton text, "siteSkeleton" text)
    WHERE s.id = v."signatoryId"`;
}

/** Puts many signatures into quarantine or takes them out. Verified ones count it as a moderator's act. */
export async function storeQuarantines(
  tx: Tx,
  quarantines: { id: string; quarantine: Quarantine | null }[],
): Promise<void> {
  if (quarantines.length === 0) return;
  await tx.$executeRaw`
    UPDATE signature g SET quarantine = v.quarantine::"Quarantine",
      revision = g.revision + CASE WHEN g.state = 'PENDING' THEN 0 ELSE 1 END
    FROM jsonb_to_recordset(${JSON.stringify(quarantines)}::jsonb) AS v(id uuid, quarantine text)
    WHERE g.id = v.id`;
}

/** What became of one item. */
export type ItemOutcome = { id: string; state: BulkItemState; revision: number; before: Before | null };

/** Stores what became of the items of a batch. */
export async function storeItems(tx: Tx, bulkActId: string, items: ItemOutcome[]): Promise<void> {
  if (items.length === 0) return;
  await tx.$executeRaw`
    UPDATE bulk_item i SET state = v.state::"BulkItemState", revision = v.revision, before = v.before
    FROM jsonb_to_recordset(${JSON.stringify(items)}::jsonb) AS v(id uuid, state text, revision int, before jsonb)
    WHERE i.bulk_act_id = ${bulkActId}::uuid AND i.signature_id = v.id`;
}
