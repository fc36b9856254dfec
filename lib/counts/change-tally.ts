import type { Tx } from "@/lib/db/client";
import type { SignatoryKind } from "@/prisma/generated/enums";

export type TallyRow = { letterId: string; kind: SignatoryKind; country: string };

/** Differences of a row's counts. */
export type TallyChange = {
  approved: number;
  experts: number;
  withheld: number;
  withheldExperts: number;
  /** How many were withheld and are shown now, all and experts. */
  nowShown: number;
  nowShownExperts: number;
};

/**
 * Adds differences to the counts of a letter, kind and country, in the transaction of the act that causes them.
 * The database adds, so that concurrent approvals cannot overwrite each other. Whoever is shown now no longer counts
 * among those that readers see as withheld, or would be counted twice until the next batch.
 */
export async function changeTally(
  tx: Tx,
  { letterId, kind, country }: TallyRow,
  change: TallyChange,
): Promise<void> {
  const { approved, experts, withheld, withheldExperts, nowShown, nowShownExperts } = change;
  await tx.$executeRaw`
    INSERT INTO letter_tally AS t (letter_id, kind, country, approved, experts, withheld, withheld_experts)
    VALUES (${letterId}::uuid, ${kind}::"SignatoryKind", ${country}, ${approved}, ${experts}, ${withheld},
      ${withheldExperts})
    ON CONFLICT (letter_id, kind, country) DO UPDATE
    SET approved = t.approved + EXCLUDED.approved,
        experts = t.experts + EXCLUDED.experts,
        withheld = t.withheld + EXCLUDED.withheld,
        withheld_experts = t.withheld_experts + EXCLUDED.withheld_experts,
        published_withheld = t.published_withheld
          - LEAST(${nowShown}, GREATEST(0, t.published_withheld - t.withheld - EXCLUDED.withheld)),
        published_withheld_experts = t.published_withheld_experts
          - LEAST(${nowShownExperts},
              GREATEST(0, t.published_withheld_experts - t.withheld_experts - EXCLUDED.withheld_experts))`;
}
