import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { isDisposable } from "@/lib/fields/addresses/disposable";
import { someFreeMail } from "@/lib/fields/addresses/free-mail";
import { type BlockPattern, domainMatcher, isWideNetwork } from "@/lib/moderation/blocklist/rules";
import { NOT_BLOCKED, namedBy, undecided } from "@/lib/moderation/blocklist/undecided-signatures";

/** What a rule would mean, before it is added. */
export type BlockPreview = {
  /** How many waiting signatures of all letters it would put on hold; null where nobody can count them. */
  waiting: number | null;
  /** Whether it names a whole free provider of mail, where anybody may have a mailbox. */
  freeMail: boolean;
};

/** Looks at what a rule would put on hold. Changes nothing. @throws DomainError `forbidden` */
export async function previewBlock(admin: Admin, rule: BlockPattern): Promise<BlockPreview> {
  assertMay(admin, "lists.edit");
  return { waiting: isWideNetwork(rule) ? null : await countWaiting(rule), freeMail: namesFreeMail(rule) };
}

/** Whether somebody should look twice before a rule is added. */
export const isGrave = ({ waiting, freeMail }: BlockPreview) => freeMail || (waiting ?? 0) > 0;

async function countWaiting(rule: BlockPattern): Promise<number> {
  const named = await namedBy(rule);
  if (!named.matches) return db.signature.count({ where: { AND: [NOT_BLOCKED, named.where] } });
  let count = 0;
  for await (const _ of undecided(named)) count++;
  return count;
}

function namesFreeMail(rule: BlockPattern): boolean {
  if (rule.kind !== "DOMAIN") return false;
  const names = domainMatcher(rule.pattern);
  return someFreeMail((domain) => names(domain) && !isDisposable(domain));
}
