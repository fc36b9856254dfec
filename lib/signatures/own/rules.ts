import type { Proposed } from "@/lib/signatures/own/proposal";

const HOUR_MS = 3_600_000;

/**
 * How long a hidden name stays hidden after its mailbox was emailed that somebody wants it shown, and after
 * the signature has moved: time to stop a thief who has the link.
 */
export const SHOW_WAIT_HOURS = { afterMail: 24, afterMove: 7 * 24 } as const;

/** How long a line that somebody withdrew waits once its mailbox was emailed about it, for the same reason. */
export const LINE_WAIT_HOURS = 24;

/** When the mail about a line must have left that the list may show now. */
export const lineDue = (now: Date) => new Date(now.getTime() - LINE_WAIT_HOURS * HOUR_MS);

/** From when a moderator may show a hidden name. @param toldAt when the email about it left */
export function showableFrom({ toldAt, movedAt }: { toldAt: Date; movedAt: Date | null }): Date {
  const { afterMail, afterMove } = SHOW_WAIT_HOURS;
  const times = [
    toldAt.getTime() + afterMail * HOUR_MS,
    movedAt ? movedAt.getTime() + afterMove * HOUR_MS : 0,
  ];
  return new Date(Math.max(...times));
}

/** Whether a change shows a name that nobody sees now: the signatory's, or that of the one who signed for an organisation. */
export const reveals = (shows: boolean, before: Proposed, after: Proposed) =>
  shows || (after.fields.representativePublic === true && before.fields.representativePublic !== true);
