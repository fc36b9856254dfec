import { LINK_DAYS } from "@/lib/retention/rules";
import type { ObjectionState } from "@/prisma/generated/enums";

/** In how many days a moderator decides: said to everybody concerned. */
export const DECISION_DAYS = 3;

/**
 * Until when the link works that its mailbox was mailed. While it waits to be mailed again, the one before works on.
 */
export const linkEnds = ({ mailedAt, createdAt }: { mailedAt: Date | null; createdAt: Date }) =>
  new Date((mailedAt ?? createdAt).getTime() + LINK_DAYS * 86_400_000);

/**
 * Of how many of a letter's entries signatories hear of an objection in a day; of more, moderators decide who
 * does.
 */
export const MOST_TOLD = 20;

/**
 * When an objector hears how it ended. For an entry that the list does not show, not before the promised
 * time: an earlier answer would tell a withdrawn one from a hidden one.
 */
export const answerTime = (confirmedAt: Date, shown: boolean, decidedAt: Date) =>
  shown ? decidedAt : new Date(Math.max(decisionTime(confirmedAt).getTime(), decidedAt.getTime() + 1));

/** What who objected is told, by mail and on the page of the link: nothing about an entry that the list did not show. */
export function outcomeOf({ state, decidedAt, answerAt }: Decided): "notShown" | "removed" | "kept" {
  if (state === "GONE" || !decidedAt || !answerAt || answerAt > decidedAt) return "notShown";
  return state === "REMOVED" ? "removed" : "kept";
}

type Decided = { state: ObjectionState; decidedAt: Date | null; answerAt: Date | null };

/** Until when it is to be decided. */
export const decisionTime = (confirmedAt: Date) =>
  new Date(confirmedAt.getTime() + DECISION_DAYS * 86_400_000);
