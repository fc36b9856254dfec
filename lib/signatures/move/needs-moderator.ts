import { isFreeMail } from "@/lib/fields/addresses/free-mail";
import { mailDomain } from "@/lib/fields/addresses/rules";
import { registrableDomain } from "@/lib/fields/websites/registrable-domain";
import type { SignatoryKind } from "@/prisma/generated/enums";

type Move = { kind: SignatoryKind; from: string; to: string };

/**
 * Whether a moderator decides about a move that both mailboxes have confirmed: where an organisation's domain
 * would change. At a free provider anybody has the same one.
 */
export function needsModerator({ kind, from, to }: Move): boolean {
  if (kind !== "ORGANISATION") return false;
  return domainOf(from) !== domainOf(to) || isFreeMail(mailDomain(to));
}

function domainOf(address: string): string {
  const host = mailDomain(address);
  return registrableDomain(host) ?? host;
}
