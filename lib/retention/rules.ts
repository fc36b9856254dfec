/** For how many days a link works that asks somebody to confirm. */
export const LINK_DAYS = 7;

/** For how many days we keep what is deleted by itself. The only place that says so: the privacy page reads it too. */
export const KEPT_DAYS = {
  /** A signature that nobody has confirmed, after its last submission. */
  unconfirmed: 14,
  /** A rejected signature, after the decision. */
  rejected: 90,
  /** The keyed hash of the network that somebody signed from. */
  network: 30,
  /**
   * A confirmation link that confirmed nothing, after its email. It is kept longer than it works, to say why
   * it does not.
   */
  link: 21,
  /** What somebody wrote who said that an entry is false, after the decision. */
  objection: 90,
  /** What became of an email. */
  email: 90,
  /**
   * An address that gets no email. Mailboxes come back and are given to others, domains are mended; who complained about an
   * email that somebody else caused may want to sign half a year later.
   */
  bounced: 180,
  complained: 90,
} as const;

export type Kept = keyof typeof KEPT_DAYS;

const DAY_MS = 86_400_000;

/** The time before which something happened that is to be deleted now. */
export const keptSince = (what: Kept, now: Date) => new Date(now.getTime() - KEPT_DAYS[what] * DAY_MS);

/**
 * How many months after a letter has closed only its public record is left, unless its organiser sets another number. An
 * owner has to confirm it for each letter.
 */
export const RECORD_MONTHS = { usual: 21, least: 1, most: 120 } as const;

export type Closing = { closesAt: Date | null; recordMonths: number };

/** When only the public record of a letter is to be left; null for one that has no closing time. */
export function recordTime({ closesAt, recordMonths }: Closing): Date | null {
  if (!closesAt) return null;
  const first = new Date(closesAt);
  first.setUTCDate(1);
  first.setUTCMonth(first.getUTCMonth() + recordMonths);
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(closesAt.getUTCDate(), lastDay));
  return first;
}

export type Recording = Closing & { recordConfirmed: Date | null; recordSince: Date | null };

/**
 * Whether all but the public record may be deleted now. A letter that opened again, or has another time or number of months,
 * wants a new confirmation.
 */
export function isRecordDue(letter: Recording, now: Date): boolean {
  const time = recordTime(letter);
  if (!time || !letter.closesAt || letter.closesAt > now || time > now) return false;
  return letter.recordConfirmed?.getTime() === time.getTime();
}

/** How long before that an owner is asked to confirm it. */
const ASKED_DAYS = 30;

/** Whether an owner should confirm it now. */
export function isRecordAsked(letter: Recording, now: Date): boolean {
  const time = recordTime(letter);
  if (!time || !letter.closesAt || letter.closesAt > now || letter.recordSince) return false;
  const asked = time.getTime() - ASKED_DAYS * DAY_MS <= now.getTime();
  return asked && letter.recordConfirmed?.getTime() !== time.getTime();
}
