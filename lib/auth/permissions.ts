import type { AdminRole } from "@/prisma/generated/enums";

const EVERYBODY = ["OWNER", "EDITOR", "MODERATOR", "READER"] as const;
const DECIDERS = ["OWNER", "EDITOR", "MODERATOR"] as const;
const EDITORS = ["OWNER", "EDITOR"] as const;
const OWNERS = ["OWNER"] as const;

/** What is done to one letter: also by those whose role is for some letters only. Each action with its roles. */
export const LETTER_PERMISSIONS = {
  /** See signatures with what is not public of them, evidence, objections and the history. */
  "signature.read": DECIDERS,
  /** Approve, reject, correct, mark as expert, release from hold. */
  "signature.moderate": DECIDERS,
  /** Take signatures away in a file. */
  "export.make": DECIDERS,
  /** The same with names that are not shown, and with addresses. */
  "export.hidden": OWNERS,
  /** See a letter, its draft too, and how many signatures are in each state. */
  "letter.read": EVERYBODY,
  /** Write, publish, close and unpublish a letter. */
  "letter.edit": EDITORS,
  /** Show names again that an organiser hid from danger. Hiding them is editing: it must not wait for an owner. */
  "names.show": OWNERS,
  /** See how a letter does, in numbers. */
  "statistics.read": EVERYBODY,
  /** See a letter's watchlist. */
  "watchlist.read": DECIDERS,
  /** Add to it and take from it. */
  "watchlist.edit": DECIDERS,
  /** See bulk actions and how far they are. */
  "bulk.read": DECIDERS,
  /** Preview, run and undo a bulk action; see unconfirmed signatures in lists. */
  "bulk.run": DECIDERS,
} as const satisfies Record<string, readonly AdminRole[]>;

/** What concerns the whole site, and so those alone whose role is for all letters; or nobody but oneself. */
export const SITE_PERMISSIONS = {
  /** Begin a letter. */
  "letter.create": EDITORS,
  /** Have the front page show a letter. */
  "letter.feature": EDITORS,
  /** Set who runs the site, how it looks and what it says. */
  "site.edit": OWNERS,
  /** See and set how long personal data is kept, and answer people who ask about theirs. */
  "data.manage": OWNERS,
  /** See the blocklist. */
  "blocklist.read": DECIDERS,
  /** Add to it and take from it. */
  "blocklist.edit": DECIDERS,
  /** See the mails that could not be delivered. */
  "mail.read": DECIDERS,
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
} as const satisfies Record<string, readonly AdminRole[]>;

const OWN_PERMISSIONS = {
  /** See and end one's own sessions, keep one's own passkeys, recovery codes and notices. */
  "session.own": EVERYBODY,
} as const satisfies Record<string, readonly AdminRole[]>;

/** Who may do what. What is not named here nobody may do. */
export const PERMISSIONS = { ...LETTER_PERMISSIONS, ...SITE_PERMISSIONS, ...OWN_PERMISSIONS };

export type AdminAction = keyof typeof PERMISSIONS;

/** What decides: a role, and the ids of the letters that it is for; null where it is for all. */
export type Reach = { readonly role: AdminRole; readonly letters: readonly string[] | null };

/** Whether a role is enough for an action, wherever it is for. */
export function can(role: AdminRole, action: AdminAction): boolean {
  const roles: readonly AdminRole[] = PERMISSIONS[action];
  return roles.includes(role);
}

/** Whether somebody may do something to a letter; without one, to the site or to any letter there is. */
export function canDo({ role, letters }: Reach, action: AdminAction, letterId?: string | null): boolean {
  if (!can(role, action)) return false;
  return letters === null || action in OWN_PERMISSIONS || isWithin(letters, action, letterId);
}

const isWithin = (letters: readonly string[], action: AdminAction, letterId?: string | null) =>
  action in LETTER_PERMISSIONS && typeof letterId === "string" && letters.includes(letterId);

/** Whether somebody may do something somewhere: to the site, or to a letter at least. */
export const canSomewhere = ({ role, letters }: Reach, action: AdminAction): boolean =>
  can(role, action) && (letters === null || !(action in SITE_PERMISSIONS));
