import { type CountedStanding, isCounted, isShown } from "@/lib/signatures/engine/rules";

/** How many changes of withheld entries readers see at a time: of three, nobody can say whose it was. */
export const BATCH = 3;

export type CountedChange = {
  before: CountedStanding;
  after: CountedStanding;
  /** Whether it follows from what the organiser hides: that is announced, and many go at once. */
  byRule?: boolean;
};

/** What changes of standing mean for readers. */
export type Effect = {
  /** Whether an entry is concerned that is shown, before or after. Readers see that at once. */
  shown: boolean;
  /** How many entries now count otherwise among the withheld ones. Readers see that in batches. */
  withheld: number;
  /** How many of these were hidden one by one just now: by their signatory, a moderator or a report. */
  hidden: number;
};

export function effectOf(changes: CountedChange[]): Effect {
  return {
    shown: changes.some(({ before, after }) => isShown(before) || isShown(after)),
    withheld: changes.filter(isWithheld).length,
    hidden: changes.filter((change) => isWithheld(change) && isHidden(change)).length,
  };
}

const isHidden = ({ before, after, byRule = false }: CountedChange) =>
  isShown(before) && isCounted(after) && !isShown(after) && !byRule;

// Of one that is shown again the published counts are changed at once: readers would else count it twice.
const isWithheld = ({ before, after }: CountedChange) =>
  placeOf(before) !== placeOf(after) && !isShown(after);

/** Where an entry counts among the withheld ones; null where it does not. */
function placeOf(standing: CountedStanding): string | null {
  if (!isCounted(standing) || isShown(standing)) return null;
  const { kind, country, expert } = standing;
  return `${kind}:${country}:${expert}`;
}

/**
 * Whether readers see the withheld counts as they are now. Hiding alone never ends a batch: it looks like withdrawing.
 * @param waiting how many changes they have not seen, these included
 */
export function endsBatch({ withheld, hidden }: Effect, waiting: number): boolean {
  return withheld > hidden && waiting >= BATCH;
}

const HALF_DAY_MS = 43_200_000;

/** The last noon or midnight (UTC). Smaller batches are seen then, so that the time of a change is not told. */
export function lastTurn(now: Date): Date {
  return new Date(Math.floor(now.getTime() / HALF_DAY_MS) * HALF_DAY_MS);
}

/** The changes that a turn shows: those that began to wait up to half a day before it, so that none waits a whole day. */
export function dueBefore(turn: Date): Date {
  return new Date(turn.getTime() - HALF_DAY_MS);
}
