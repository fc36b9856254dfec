import type { Tx } from "@/lib/db/client";
import type { SignatoryKind } from "@/prisma/generated/enums";

export type TallyRow = { letterId: string; kind: SignatoryKind; country: string };

/** Differences of a row's counts. */
export type TallyChange = {
  approved: number;
  experts: number;
  withheld: number;
  withheldExperts: number;
  /** How many that were withheld are shown now, and how many of them are experts: these readers see no more as withheld ones. */
  shownAgain?: number;
  expertsShownAgain?: number;
};

/**
 * Adds differences to the counts of a letter, kind and country, in the transaction of the act that causes them.
 * The database adds, so that concurrent approvals cannot overwrite each other.
 */
export async function changeTally(
  tx: Tx,
  { letterId, kind, country }: TallyRow,
  change: TallyChange,
): Promise<void> {
  const { approved, experts, withheld, withheldExperts, shownAgain = 0, expertsShownAgain = 0 } = change;
  await tx.$executeRaw`
    INSERT INTO letter_tally AS t (letter_id, kind, country, approved, experts, withheld, withheld_experts)
    VALUES (${letterId}::uuid, ${kind}::"SignatoryKind", ${country}, ${approved}, ${experts}, ${withheld},
      ${withheldExperts})
    ON CONFLICT (letter_id, kind, country) DO UPDATE
    SET approved = t.approved + EXCLUDED.approved,
        experts = t.experts + EXCLUDED.experts,
        withheld = t.withheld + EXCLUDED.withheld,
        withheld_experts = t.withheld_experts + EXCLUDED.withheld_experts,
        published_withheld = GREATEST(t.published_withheld - ${shownAgain}::int, 0),
        published_withheld_experts = GREATEST(t.published_withheld_experts - ${expertsShownAgain}::int, 0)`;
}
