const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How often something may happen in a window, which begins with its first event. The name is part of the stored key. */
export type Limit = { name: string; points: number; seconds: number };

/** A limit of one network, an IPv4 address or an IPv6 /64; `widePoints` is what all of an IPv6 /48 may do together. */
export type NetworkLimit = Limit & { widePoints: number };

/**
 * What requests are counted by, for all processes together. None of them refuses a signature: beyond the first three a
 * form needs a proof of work, or waits on hold. Office and campus networks share an address, so the numbers are
 * those of a busy hour there, and an honest browser passes beyond them without noticing.
 */
export const LIMITS = {
  /** Forms of signing from one network. */
  signingsOfNetwork: { name: "signings-of-network", points: 15, widePoints: 60, seconds: HOUR },
  /** Forms of signing for one letter: beyond them it is under pressure. */
  signingsOfLetter: { name: "signings-of-letter", points: 40, seconds: 10 * MINUTE },
  /** Forms of signing for all letters together. */
  signings: { name: "signings", points: 200, seconds: 10 * MINUTE },
  /** Requests for sign-in links of administrators from one network: beyond them one is mailed where no other works. */
  signInsOfNetwork: { name: "sign-ins-of-network", points: 20, widePoints: 80, seconds: HOUR },
  /** Objections to entries of lists from one network: beyond them its forms are refused for a while. */
  objectionsOfNetwork: { name: "objections-of-network", points: 10, widePoints: 40, seconds: HOUR },
  /** Test mails that one owner sends to themselves. */
  testEmails: { name: "test-emails", points: 6, seconds: HOUR },
} satisfies Record<string, Limit | NetworkLimit>;

/**
 * How many mails visitors may cause to one place in any window, and the least time between two of them. Beyond it a mail
 * waits (`lib/signatures/release-held-mails.ts`) and leaves when the limit allows. The kind begins the key that is counted by.
 */
export type MailLimit = { kind: string; count: number; windowMs: number; pauseMs: number };

/** Mails that visitors may cause; the database decides (`lib/signatures/mail-allowance.ts`). */
export const MAIL_LIMITS = {
  /** To one canonical address, over all its spellings, letters and forms; the last of them is a reserve (`RESERVED`). */
  address: { kind: "address", count: 3, windowMs: DAY * 1_000, pauseMs: 10 * MINUTE * 1_000 },
  /** To one mail domain. Free providers have none: most signatories are there, and they look after themselves. */
  domain: { kind: "domain", count: 500, windowMs: DAY * 1_000, pauseMs: 0 },
  /**
   * To the same domain for signings that lack the proof of work that was wanted, counted apart: who makes up addresses
   * of a domain would else use up the mails of those who belong there.
   */
  uncheckedDomain: { kind: "unproven-domain", count: 50, windowMs: DAY * 1_000, pauseMs: 0 },
  /** The same to a free provider: strangers' mailboxes, and the name of the person who writes to too many of them. */
  uncheckedFreeMail: { kind: "unproven-free-mail", count: 500, windowMs: DAY * 1_000, pauseMs: 0 },
  /** For signings of one network without that proof, of an IPv6 client by the /48. */
  uncheckedNetwork: { kind: "unproven-network", count: 60, windowMs: HOUR * 1_000, pauseMs: 0 },
  /** For all of them together: 300 an hour, in slices, so that the least served network never waits for a whole hour. */
  unchecked: { kind: "unchecked", count: 25, windowMs: 5 * MINUTE * 1_000, pauseMs: 0 },
} satisfies Record<string, MailLimit>;

/**
 * How many of a mailbox's mails nobody gets but who brings a proof of work from a network that has caused none of the
 * others: what strangers spend is never the last one.
 */
export const RESERVED = 1;

/**
 * Of a domain's mails, networks that have caused many leave the second half to others: beyond half of the day's number, one
 * network gets no more than a twentieth.
 */
export const DOMAIN_SHARE = { freePart: 1 / 2, networkPart: 1 / 20 } as const;

/** For how long after it was mailed a confirmation link shows what comes to its mailbox. */
export const LINK_COVERS_MS = DAY * 1_000;

/** A repeat of a waiting signature so soon after its mail is a second click, or a browser that heard no answer. */
export const SECOND_CLICK_MS = 2 * MINUTE * 1_000;

/**
 * Links to one's own signatures, which anybody can ask for with somebody's address: the first of a day ten minutes apart, then
 * three hours. What comes too early leaves when it may: asking often keeps nobody from a link, nor floods a mailbox.
 */
export const OWN_MAILS = {
  quick: 3,
  windowMs: DAY * 1_000,
  pauseMs: 10 * MINUTE * 1_000,
  laterMs: 3 * HOUR * 1_000,
  /** For who has stopped the mails that others can cause. */
  stoppedMs: DAY * 1_000,
} as const;

/** What a moderator's button makes of a limit, and for how long. */
export const RAISE = { times: 10, days: 7 } as const;

/**
 * How many signatures without the proof of work that was wanted may wait for their confirmation. From `most` on, networks
 * are refused that have more than an even share; from twice as many on, all are. About 35 kB each at the very worst.
 */
export const UNCHECKED_WAITING = { most: 5_000 } as const;

/**
 * How many entries for one letter may wait for their confirmation in one mailbox, in all and of one network: so many that
 * a secretariat signs for its members, and that no single stranger leaves its owner without a place.
 */
export const WAITING_ENTRIES = { mailbox: 20, network: 10 } as const;

/**
 * Sign-in links to one administrator: two minutes apart, five in an hour, and beyond these one whenever no mailed link
 * works any longer. After a day's number one leaves an hour, no matter who asks for it: 50 a day at most, and always a way in.
 */
export const SIGN_IN_MAILS = {
  pauseMs: 2 * MINUTE * 1_000,
  hour: { count: 5, windowMs: HOUR * 1_000 },
  day: { count: 30, windowMs: DAY * 1_000, pauseMs: HOUR * 1_000 },
} as const;

export const PROOF_OF_WORK = {
  /** Rounds of PBKDF2 for one guess: about a millisecond of a laptop. */
  cost: 5_000,
  /** How many guesses a browser makes at least and at most: a second or two on one core of a laptop. */
  guesses: { least: 200, most: 600 },
  seconds: 20 * MINUTE,
} as const;
