import type { Flag } from "@/lib/moderation/flags/flag-codes";
import { HoldReason } from "@/prisma/generated/enums";

/** The lists of signatures: by state, and of those that wait, apart from each other, those on hold. */
export const VIEWS = ["VERIFIED", "HOLD", "APPROVED", "REJECTED", "PENDING"] as const;

export type View = (typeof VIEWS)[number];

export const HOLD_REASONS = Object.values(HoldReason);

/** Which signatures: in one of the views, and what else must hold. Empty lists and nulls ask for nothing. */
export type Filters = {
  views: View[];
  letterId: string | null;
  /** The letters of the person who looks; without it, or with null, all. Never part of what is asked for. */
  within?: readonly string[] | null;
  /** Mail domains in ASCII: one of them. */
  domains: string[];
  networks: string[];
  /** Submitted at or after this time. */
  from: string | null;
  /** Submitted before this time. */
  until: string | null;
  /** Has one of these warnings or is on hold for one of these reasons. */
  flags: Flag[];
  holds: HoldReason[];
  /** Part of what the signatory says of itself, or of the message to the moderators. */
  text: string | null;
};

export const wholeView = (...views: View[]): Filters => ({
  views,
  letterId: null,
  domains: [],
  networks: [],
  from: null,
  until: null,
  flags: [],
  holds: [],
  text: null,
});

/** Whether anything besides letter and view must hold. */
export function isNarrowed({ domains, networks, from, until, flags, holds, text }: Filters): boolean {
  const lists = [...domains, ...networks, ...flags, ...holds];
  return lists.length > 0 || from !== null || until !== null || text !== null;
}

/** Whether these are signatures that somebody works through, from the oldest on. */
export const isQueue = ({ views }: Pick<Filters, "views">) =>
  views.length > 0 && views.every((view) => view === "VERIFIED" || view === "HOLD");

/** The warnings that a signature can have before it is confirmed; the others are found then. */
export const EARLY_FLAGS: readonly Flag[] = ["bounced", "burst"];

/** Whether filters ask unconfirmed signatures alone for warnings that nothing sets before they are confirmed. */
export function onlyMarkedLater({ views, flags, holds }: Filters): boolean {
  const early = holds.length > 0 || flags.some((flag) => EARLY_FLAGS.includes(flag));
  return flags.length > 0 && !early && views.every((view) => view === "PENDING");
}
