import type { AdminRole } from "@/prisma/generated/enums";

const EVERYBODY = ["OWNER", "MODERATOR", "READER"] as const;
const DECIDERS = ["OWNER", "MODERATOR"] as const;
const OWNERS = ["OWNER"] as const;

/** Who may do what: each action with the roles that it is open to. What is not named here nobody may do. */
export const PERMISSIONS = {
  /** See signatures, evidence, the overview and the history. */
  "signature.read": EVERYBODY,
  /** Approve, reject, correct, mark as expert, release from hold. */
  "signature.moderate": DECIDERS,
  /** See all letters, drafts too. */
  "letter.read": EVERYBODY,
  /** Write, publish, close and unpublish letters. */
  "letter.edit": OWNERS,
  /** Set who runs the site, how it looks and what it says. */
  "site.edit": OWNERS,
  /** See and set how long personal data is kept, and answer people who ask about theirs. */
  "data.manage": OWNERS,
  /** See the blocklists and watchlists. */
  "lists.read": EVERYBODY,
  /** Add to them and take from them. */
  "lists.edit": DECIDERS,
  /** See bulk actions and how far they are. */
  "bulk.read": EVERYBODY,
  /** Preview, run and undo a bulk action; see unconfirmed signatures in lists. */
  "bulk.run": DECIDERS,
  /** See the mails that could not be delivered. */
  "mail.read": EVERYBODY,
  /** Send them again. */
  "mail.resend": DECIDERS,
  /** Let an address have mail again that bounced or complained. */
  "mail.allow": DECIDERS,
  /** Raise how many mails a domain may have in a day. */
  "mail.raise": DECIDERS,
  /** See the audit log and the head of its chain. */
  "audit.head": OWNERS,
  /** Invite administrators, change their role, remove them. */
  "team.manage": OWNERS,
  /** See and end one's own sessions, keep one's own passkeys and recovery codes. */
  "session.own": EVERYBODY,
} as const satisfies Record<string, readonly AdminRole[]>;

export type AdminAction = keyof typeof PERMISSIONS;

/** Whether a role is enough for an action. */
export function can(role: AdminRole, action: AdminAction): boolean {
  const roles: readonly AdminRole[] = PERMISSIONS[action];
  return roles.includes(role);
}
