import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { isDisposable } from "@/lib/fields/addresses/disposable";
import { someFreeMail } from "@/lib/fields/addresses/free-mail";
import { type BlockPattern, isWideNetwork } from "@/lib/moderation/blocklist/rules";
import { NOT_BLOCKED, namedBy } from "@/lib/moderation/blocklist/undecided-signatures";

/** What a rule would mean, before it is added. */
export type BlockPreview = {
  /** How many waiting signatures of all letters it would put on hold; null where nobody can count them. */
  waiting: number | null;
  /** Whether it names a whole free provider of mail, where anybody may have a mailbox. */
  freeMail: boolean;
};

/** Looks at what a rule would put on hold. Changes nothing. @throws DomainError `forbidden` */
export async function previewBlock(admin: Admin, rule: BlockPattern): Promise<BlockPreview> {
  assertMay(admin, "blocklist.edit");
  const waiting = isWideNetwork(rule)
    ? null
    : await db.signature.count({ where: { AND: [NOT_BLOCKED, await namedBy(rule)] } });
  return { waiting, freeMail: namesFreeMail(rule) };
}

/** Whether somebody should look twice before a rule is added. */
export const isGrave = ({ waiting, freeMail }: BlockPreview) => freeMail || (waiting ?? 0) > 0;

function namesFreeMail({ kind, pattern }: BlockPattern): boolean {
  const named = (domain: string) => `.${domain}`.endsWith(`.${pattern}`);
  return kind === "DOMAIN" && someFreeMail((domain) => named(domain) && !isDisposable(domain));
}
