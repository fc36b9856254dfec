/** A mail as a transport takes it. */
export type OutgoingMail = {
  to: string;
  subject: string;
  html: string;
  text: string;
  /** As in the configuration: an address, with a name before it or not. */
  from: string;
  /** The same at each attempt of one mail, and at no other: a provider that honours it sends the mail once. */
  idempotencyKey: string;
  headers?: Record<string, string>;
};

/** A mail that the provider has accepted. It has no identifier where an earlier attempt was the one accepted. */
export type Delivered = { outcome: "sent"; providerId: string | null };

/** Hands a mail to a provider. @throws TemporaryMailError or PermanentMailError, nothing else */
export type Transport = (mail: OutgoingMail) => Promise<Delivered>;

/** The mail was not accepted now and may be later. The code is short and names nobody. */
export class TemporaryMailError extends Error {
  override name = "TemporaryMailError";
  readonly code: string;
  /** How long the provider wants to be left alone. */
  readonly retryAfterSeconds?: number;

  constructor(code: string, retryAfterSeconds?: number) {
    super(code);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The mail will never be accepted as it is. The code is short and names nobody. */
export class PermanentMailError extends Error {
  override name = "PermanentMailError";
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** A code that is safe to store and log, made from what a provider said. */
export function shortCode(text: unknown, otherwise: string): string {
  return typeof text === "string" && /^[A-Za-z0-9_-]{1,60}$/.test(text) ? text : otherwise;
}
