const DAY_MS = 86_400_000;

/** How long the links of a move work, unless the new mailbox has confirmed it. */
export const MOVE_LINK_DAYS = 7;
/** How long the old mailbox can stop a move that it has not agreed to. */
const OBJECTION_DAYS = 7;

export const moveLinkBegan = (now: Date) => new Date(now.getTime() - MOVE_LINK_DAYS * DAY_MS);

export const objectionEnd = (since: Date) => new Date(since.getTime() + OBJECTION_DAYS * DAY_MS);
