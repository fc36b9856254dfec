import { nextState } from "@/lib/signatures/rules";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import type { TallyChange, TallyRow } from "@/lib/tally/change-tally";
import type { Quarantine, SignatoryKind, SignatureState, Visibility } from "@/prisma/generated/enums";

/** How a signature stands, as far as moderation decides or depends on it. */
export type Standing = {
  letterId: string;
  state: SignatureState;
  visibility: Visibility;
  kind: SignatoryKind;
  country: string;
  expert: boolean;
  /** Why it waits apart from the queue; null where it does not. */
  quarantine: Quarantine | null;
  /** As corrected, else as typed. */
  fields: SignatoryFields;
};

/** What decides whether and where a signature counts. */
export type CountedStanding = Omit<Standing, "fields" | "quarantine">;

/** What a moderator can do with a signature. */
export type ModerationAct =
  | "approve"
  | "approveAsExpert"
  | "markExpert"
  | "unmarkExpert"
  | "correct"
  | "reject"
  | "release";

/** What can be done with a signature as it stands. */
export function possibleActs({
  state,
  kind,
  expert,
  quarantine,
}: Pick<Standing, "state" | "kind" | "expert" | "quarantine">): ModerationAct[] {
  const approvable = nextState(state, "approve") !== null;
  const individual = kind === "INDIVIDUAL";
  const open = state === "VERIFIED" || state === "APPROVED";
  const acts: [ModerationAct, boolean][] = [
    ["approve", approvable],
    ["approveAsExpert", approvable && individual && !expert],
    ["markExpert", open && individual && !expert],
    ["unmarkExpert", open && individual && expert],
    ["correct", open],
    ["reject", nextState(state, "reject") !== null],
    ["release", state === "VERIFIED" && quarantine !== null],
  ];
  return acts.flatMap(([act, possible]) => (possible ? [act] : []));
}

/** Whether a signature is on the public list. */
export const isShown = ({ state, visibility }: Pick<Standing, "state" | "visibility">) =>
  state === "APPROVED" && visibility === "PUBLIC";

/** Whether a signature counts, shown or withheld. */
export const isCounted = ({ state }: Pick<Standing, "state">) => state === "APPROVED";

const NO_CHANGE: TallyChange = {
  approved: 0,
  experts: 0,
  withheld: 0,
  withheldExperts: 0,
  nowShown: 0,
  nowShownExperts: 0,
};

/**
 * What a change of standing does to the counts: the old one is taken out, the new one put in.
 * @returns rows in a fixed order, so that concurrent changes lock them alike; none where nothing changes
 */
export function tallyChanges(
  before: CountedStanding,
  after: CountedStanding,
): { row: TallyRow; change: TallyChange }[] {
  const rows = new Map<string, { row: TallyRow; change: TallyChange }>();
  for (const [standing, sign] of [
    [before, -1],
    [after, 1],
  ] as const) {
    if (!isCounted(standing)) continue;
    const { letterId, kind, country, expert, visibility } = standing;
    const change = rows.get(country)?.change ?? { ...NO_CHANGE };
    const withheld = visibility === "WITHHELD";
    change.approved += sign;
    change.experts += expert ? sign : 0;
    change.withheld += withheld ? sign : 0;
    change.withheldExperts += withheld && expert ? sign : 0;
    if (sign < 0 && withheld && isShown(after)) {
      change.nowShown += 1;
      change.nowShownExperts += expert ? 1 : 0;
    }
    rows.set(country, { row: { letterId, kind, country }, change });
  }
  const changed = [...rows.values()].filter(({ change }) =>
    Object.values(change).some((number) => number !== 0),
  );
  return changed.sort((one, other) => (one.row.country < other.row.country ? -1 : 1));
}
