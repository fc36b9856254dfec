/** For how many days a link to a draft can be made. */
export const PREVIEW_DAYS = [1, 7, 30] as const;

/** How many of a letter's links may work at once. */
export const MOST_PREVIEWS = 20;

export type PreviewDays = (typeof PREVIEW_DAYS)[number];

/** A link to a draft, as its organisers see it. */
export type ShownLink = { id: string; expiresAt: string };

const DAY_MS = 24 * 60 * 60_000;

export const previewEnds = (days: PreviewDays, now: Date) => new Date(now.getTime() + days * DAY_MS);
