/** In how many days a moderator decides: said to everybody concerned. */
export const DECISION_DAYS = 3;

/** How many objections one mailbox may begin in a day, over all entries and letters. */
export const MOST_OF_MAILBOX = 3;

/** Of how many entries of one letter their signatories are told of an objection in a day; of more the moderators decide who is. */
export const MOST_TOLD = 20;

/** Until when it is to be decided. */
export const decisionTime = (confirmedAt: Date) =>
  new Date(confirmedAt.getTime() + DECISION_DAYS * 86_400_000);
