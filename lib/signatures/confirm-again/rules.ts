import type { ChangeSize } from "@/prisma/generated/enums";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Emails about a new version leave so long after it was published: a correction made meanwhile causes no second email. */
export const TELLING_PAUSE_MINUTES = 10;

/** How many days signatories may have to confirm again. */
export const ANSWER_DAYS = { least: 7, usual: 30, most: 365 } as const;

/** How many versions that signatories are told of a letter may have in 24 hours. */
export const VERSIONS_A_DAY = 3;

export const tellsFrom = (now: Date) => new Date(now.getTime() + TELLING_PAUSE_MINUTES * MINUTE_MS);

export const dayBefore = (now: Date) => new Date(now.getTime() - DAY_MS);

/** Whether there is time enough until a date, and not too much. */
export function isAnswerDate(answerBy: Date, now: Date): boolean {
  const days = (answerBy.getTime() - now.getTime()) / DAY_MS;
  return days >= ANSWER_DAYS.least && days <= ANSWER_DAYS.most + 1;
}

/** The date that the form proposes: that of the version before while it is far enough away, else the usual time from now. */
export function proposedAnswerDate(before: Date | null, now: Date): Date {
  if (before && isAnswerDate(before, now)) return before;
  return new Date(now.getTime() + ANSWER_DAYS.usual * DAY_MS);
}

const REMINDER_MS = 7 * DAY_MS;

/** When those are reminded who have not answered: a week before the date, or halfway where there is little time. */
export function remindsFrom({ tellsFrom: from, answerBy }: { tellsFrom: Date; answerBy: Date }): Date {
  const half = (answerBy.getTime() - from.getTime()) / 2;
  return new Date(answerBy.getTime() - Math.min(REMINDER_MS, Math.max(half, 0)));
}

/** What a new version means for somebody who signed an earlier one. */
export type Concern =
  /** Nothing: they signed these words, or know of them. */
  | "none"
  /** They keep their signature, and are told of the change. */
  | "told"
  /** They are asked to confirm again. */
  | "asked"
  /** They were asked already, and what has changed since is small. */
  | "waits"
  /** They did not answer an earlier question in time. */
  | "left";

/** How a new version compares for one signatory: with the version that they signed, and with the last that they were told of. */
type Compared = {
  sinceSigned: ChangeSize;
  sinceTold: ChangeSize;
  /** How the version that they were told of compares with the one that they signed. */
  toldSinceSigned: ChangeSize;
  earlier: boolean;
};

export function concernOf({ sinceSigned, sinceTold, toldSinceSigned, earlier }: Compared): Concern {
  if (sinceSigned === "LARGE") {
    if (earlier) return "left";
    return toldSinceSigned === "LARGE" && sinceTold !== "LARGE" ? "waits" : "asked";
  }
  return sinceSigned === "SMALL" && sinceTold !== "NONE" ? "told" : "none";
}
