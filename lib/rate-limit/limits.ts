const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How often something may happen in a window, which begins with its first event. The name is part of the stored key. */
export type Limit = { name: string; points: number; seconds: number };

/** A limit of one network, an IPv4 address or an IPv6 /64; `widePoints` is what all of an IPv6 /48 may do together. */
export type NetworkLimit = Limit & { widePoints: number };

/**
 * What requests are counted by, for all processes together. None of them refuses a signature: beyond the first two a
 * form needs a proof of work, or waits in quarantine. Office and campus networks share an address, so the numbers are
 * those of a busy hour there, and an honest browser passes beyond them without noticing.
 */
export const LIMITS = {
  /** Forms of signing from one network. */
  signingsOfNetwork: { name: "signings-of-network", points: 15, widePoints: 60, seconds: HOUR },
  /** Forms of signing for one letter: beyond them it is under pressure. */
  signingsOfLetter: { name: "signings-of-letter", points: 40, seconds: 10 * MINUTE },
  /** Requests for sign-in links of administrators from one network: beyond them one is mailed where no other works. */
  signInsOfNetwork: { name: "sign-ins-of-network", points: 20, widePoints: 80, seconds: HOUR },
} satisfies Record<string, Limit | NetworkLimit>;

/**
 * How many mails visitors may cause to one place in any window, and the least time between two of them. One that may not
 * leave at once waits its turn, for `mostWaitMs` at most; where that is not enough there is none.
 */
export type MailLimit = { count: number; windowMs: number; pauseMs: number; mostWaitMs: number };

/** Mails that visitors may cause; the database decides in the act's own statement (`lib/signatures/mail-allowance.ts`). */
export const MAIL_LIMITS = {
  /** About one signature: the least time between two. */
  signaturePauseMs: 10 * MINUTE * 1_000,
  /** To one canonical address, over all its spellings, letters and forms. */
  address: {
    count: 3,
    windowMs: DAY * 1_000,
    pauseMs: 10 * MINUTE * 1_000,
    mostWaitMs: 20 * MINUTE * 1_000,
  },
  /** To one mail domain. Free providers have none: most signatories are there, and they look after themselves. */
  domain: { count: 500, windowMs: DAY * 1_000, pauseMs: 0, mostWaitMs: 2 * DAY * 1_000 },
  /**
   * To the same domain for signings that lack the proof of work that was wanted, counted apart: who makes up addresses
   * of a domain would else use up the mails of those who belong there.
   */
  unprovenDomain: { count: 50, windowMs: DAY * 1_000, pauseMs: 0, mostWaitMs: 2 * DAY * 1_000 },
  /** The same to a free provider: strangers' mailboxes, and the name of whoever writes to too many of them. */
  unprovenFreeMail: { count: 500, windowMs: DAY * 1_000, pauseMs: 0, mostWaitMs: 2 * DAY * 1_000 },
} satisfies Record<string, MailLimit | number>;

/**
 * Sign-in links to one administrator: two minutes apart, five in an hour, and beyond these one whenever no mailed link
 * works any longer. After a day's number one leaves an hour, whoever asks for it: 50 a day at most, and always a way in.
 */
export const SIGN_IN_MAILS = {
  pauseMs: 2 * MINUTE * 1_000,
  hour: { count: 5, windowMs: HOUR * 1_000 },
  day: { count: 30, windowMs: DAY * 1_000, pauseMs: HOUR * 1_000 },
} as const;

/** A proof of work: what it costs, and for how long it is good. */
export const PROOF = {
  /** Rounds of PBKDF2 for one guess: about a millisecond of a laptop. */
  cost: 5_000,
  /** How many guesses a browser makes at least and at most: a second or two on one core of a laptop. */
  guesses: { least: 200, most: 600 },
  seconds: 20 * MINUTE,
} as const;

/** For how long a network's hash is kept with a signature. */
export const NETWORK_DAYS = 30;
