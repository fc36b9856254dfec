import type { Tx } from "@/lib/db/client";
import type { SignatoryKind } from "@/prisma/generated/enums";

export type TallyRow = { letterId: string; kind: SignatoryKind; country: string };

/** Differences of a row's counts. */
export type TallyChange = {
  approved: number;
  experts: number;
  withheld: number;
  withheldExperts: number;
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
  const { approved, experts, withheld, withheldExperts } = change;
  await tx.$executeRaw`
    INSERT INTO letter_tally AS t (letter_id, kind, country, approved, experts, withheld, withheld_experts)
    VALUES (${letterId}::uuid, ${kind}::"SignatoryKind", ${country}, ${approved}, ${experts}, ${withheld},
      ${withheldExperts})
    ON CONFLICT (letter_id, kind, country) DO UPDATE
    SET approved = t.approved + EXCLUDED.approved,
        experts = t.experts + EXCLUDED.experts,
        withheld = t.withheld + EXCLUDED.withheld,
        withheld_experts = t.withheld_experts + EXCLUDED.withheld_experts`;
}
