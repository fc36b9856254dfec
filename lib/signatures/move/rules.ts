import { mailDomain } from "@/lib/fields/addresses/rules";
import { registrableDomain } from "@/lib/fields/websites/registrable-domain";
import type { SignatoryKind } from "@/prisma/generated/enums";

const DAY_MS = 86_400_000;

/** How long the link to the new mailbox works. */
export const MOVE_LINK_DAYS = 7;
/** How long the old mailbox can object before a move that its link has not begun. */
export const OBJECTION_DAYS = 7;

export const moveLinkBegan = (now: Date) => new Date(now.getTime() - MOVE_LINK_DAYS * DAY_MS);
export const objectionEnd = (askedAt: Date) => new Date(askedAt.getTime() + OBJECTION_DAYS * DAY_MS);

type Move = { kind: SignatoryKind; from: string; to: string; adminId: string | null };

/**
 * Whether a moderator decides about a move that the new mailbox has confirmed: where the old one's link did not begin it, and
 * where an organisation's address would be at another domain.
 */
export const needsModerator = ({ kind, from, to, adminId }: Move) =>
  adminId !== null || (kind === "ORGANISATION" && domainOf(from) !== domainOf(to));

function domainOf(address: string): string {
  const host = mailDomain(address);
  return registrableDomain(host) ?? host;
}
