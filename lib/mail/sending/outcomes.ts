export type OutgoingMail = {
  /** The stem of its Message-ID, and the tag by which the provider's events name it. */
  id: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  /** As in the configuration: an address, with a name before it or not. */
  from: string;
  /** Where answers go, unless that is the same address. */
  replyTo?: string;
  headers?: Record<string, string>;
};

/** What became of one mail of a call. A mail has no identifier where an earlier attempt was the one accepted. */
export type MailOutcome = { sent: true; providerId: string | null } | { sent: false; code: string };

/** One call of a provider: mails in an order, under a key. */
export type MailCall = {
  mails: OutgoingMail[];
  /** The same at each attempt of one call, and at no other: a provider that honours it takes the mails once. */
  key: string;
  /** Whether it is a call for several mails, also where only one of them has anything to say still. */
  together: boolean;
};

export type Transport = {
  provider: "resend" | "smtp";
  /** How many mails one call takes. */
  most: number;
  /** Whether it takes a call with a key that it knows once only. */
  honoursKeys: boolean;
  /** How often the provider may be called, where it says so; null for as often as we like. */
  callsPerSecond: number | null;
  /**
   * Makes one call.
   * @returns an outcome for each mail, in their order
   * @throws TemporaryMailError, PermanentMailError for the call as a whole, nothing else
   */
  send(call: MailCall): Promise<MailOutcome[]>;
};

/** A mail was not accepted now and may be later. The code is short and names nobody. */
export class TemporaryMailError extends Error {
  override name = "TemporaryMailError";
  readonly code: string;
  /**
   * What is wrong. Unless it is this mail, other mails would fare no better now. What is wrong with our own configuration
   * the provider says in words, and has taken nothing.
   */
  readonly about: "provider" | "configuration" | "mail";
  /** How long the provider wants to be left alone. */
  readonly retryAfterSeconds?: number;
  /** Whether the provider has refused in its own words; without, it may have taken the mails and not said so. */
  readonly tookNone: boolean;

  constructor(
    code: string,
    about: TemporaryMailError["about"] = "provider",
    retryAfterSeconds?: number,
    tookNone = false,
  ) {
    super(code);
    this.code = code;
    this.about = about;
    this.retryAfterSeconds = retryAfterSeconds;
    this.tookNone = tookNone;
  }
}

/** The mail will never be accepted as it is. The code is short and names nobody. */
export class PermanentMailError extends Error {
  override name = "PermanentMailError";
  readonly code: string;
  /** Whether the mailbox does not exist, or takes no mail at all. */
  readonly bounced: boolean;

  constructor(code: string, bounced = false) {
    super(code);
    this.code = code;
    this.bounced = bounced;
  }
}

/** A code that is safe to store and log, made from what a provider said. */
export function shortCode(text: unknown, otherwise: string): string {
  return typeof text === "string" && /^[A-Za-z0-9_-]{1,60}$/.test(text) ? text : otherwise;
}
