/** What went against a rule of the domain. The code is for programs; no message reaches a reader. */
export type DomainErrorCode =
  | "not-found"
  | "closed"
  | "conflict"
  | "already-listed"
  | "already-signed"
  /** A letter that readers no longer see. */
  | "taken-down"
  | "forbidden"
  | "last"
  | "stale"
  | "invalid"
  | "unchecked"
  | "crowded"
  | "not-confirmed"
  | "too-many-failures"
  /** A name in addresses that another letter has or had. */
  | "taken"
  /** More than are possible in a while. */
  | "too-many"
  /** There are as many as may be. */
  | "full"
  /** What is archived does not change. */
  | "archived"
  /** It takes another administrator than the one who began it. */
  | "same-person"
  /** Somebody can still object. */
  | "too-early"
  /** A text of which signatories were told as often today as may be. */
  | "often-changed"
  /** What somebody else has changed since it was shown. */
  | "changed"
  /** A text that is published already, word for word. */
  | "unchanged";

/** A refusal that the caller can act on. */
export class DomainError extends Error {
  override name = "DomainError";
  readonly code: DomainErrorCode;

  constructor(code: DomainErrorCode) {
    super(code);
    this.code = code;
  }
}

/** Everything that is missing or malformed in the configuration, in one message. */
export class ConfigurationError extends Error {
  override name = "ConfigurationError";

  constructor(problems: string[]) {
    super(`The configuration has problems:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
  }
}

/** A ciphertext that this deployment's keys do not open: another key, another context, or tampering. */
export class EncryptionError extends Error {
  override name = "EncryptionError";
}

/** The code of an error of Node's or PostgreSQL's; undefined for what has none. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
