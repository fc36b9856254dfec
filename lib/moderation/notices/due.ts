import { momentOf, writeClock } from "@/lib/i18n/site-time";
import type { NoticeChoice } from "@/prisma/generated/enums";

const MINUTE_MS = 60_000;

/** How long after one notice the next may come, of those who are told at once. */
export const NOTICE_MINUTES = 15;

/** What somebody wants, and what they know: when they were last told, and how many waited then. */
export type Notified = {
  notices: NoticeChoice;
  noticeHour: number;
  timeZone: string;
  /** Since when they are here: nobody is told of a day before. */
  createdAt: Date;
  noticedAt: Date | null;
  noticedCount: number;
};

/** What waits for a decision: how many, and when the last of them came. Signatures on hold are not among them. */
export type Queue = { count: number; newest: Date | null };

/**
 * What to do about somebody now: tell them by email, note that they need not be told, or nothing. Told at once is what is
 * new, a quarter of an hour after the last time at the earliest; or once a day, at an hour of their day, whatever waits.
 */
export function noticeOf(person: Notified, queue: Queue, now: Date): "tell" | "note" | null {
  if (person.notices === "NONE") return null;
  if (person.notices === "DAILY") {
    if (lastHour(person, now) <= since(person)) return null;
    // What comes after their hour is for tomorrow.
    return queue.count > 0 ? "tell" : "note";
  }
  const rested = now.getTime() - (person.noticedAt?.getTime() ?? 0) >= NOTICE_MINUTES * MINUTE_MS;
  // More than they know of: also what was released from a hold, which is older than it looks.
  const isNew = queue.count > person.noticedCount || (queue.newest !== null && queue.newest > since(person));
  return rested && queue.count > 0 && isNew ? "tell" : null;
}

const since = ({ noticedAt, createdAt }: Notified) =>
  noticedAt && noticedAt > createdAt ? noticedAt : createdAt;

const DAY_MS = 86_400_000;

/** The last time at which the clock of a person's zone stood at their hour. */
export function lastHour(
  { noticeHour, timeZone }: Pick<Notified, "noticeHour" | "timeZone">,
  now: Date,
): Date {
  const on = (at: number) => {
    const day = writeClock(timeZone, new Date(at)).slice(0, 10);
    return momentOf(timeZone, `${day}T${String(noticeHour).padStart(2, "0")}:00`);
  };
  const today = on(now.getTime());
  return today <= now ? today : on(now.getTime() - DAY_MS);
}
