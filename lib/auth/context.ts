import type { Admin } from "@/lib/auth/admin";
import { requestId } from "@/lib/ops/log/request-id";

/** Who acts: a moderator, the holder of a mailbox, a program with a key, or the site itself. */
export type Actor =
  | { kind: "administrator"; id: string }
  | { kind: "signatory" }
  | { kind: "apiKey"; id: string }
  | { kind: "system" };

export type Context = {
  actor: Actor;
  /** Found in the log's lines too; for administrators alone. */
  requestId?: string;
  now: Date;
};

export function byAdmin({ id }: Admin, now: Date): Context {
  return { actor: { kind: "administrator", id }, requestId: requestId(), now };
}

/**
 * The context of what the holder of a mailbox does. Without the request's id: beside a proxy's log it would say for ever
 * from which address somebody signed.
 */
export function bySignatory(now: Date): Context {
  return { actor: { kind: "signatory" }, now };
}

export function bySystem(now: Date): Context {
  return { actor: { kind: "system" }, now };
}
