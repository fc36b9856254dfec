import { bySignatory } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { contentDigest } from "@/lib/signatures/claim";
import { replacePending } from "@/lib/signatures/engine/replace-pending";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { findLink, shownBy } from "@/lib/signatures/queries";
import type { EntryInput } from "@/lib/signatures/schemas";

type Edit = {
  /** Of a mailed link, and an entry that it shows with the number of the content that its page showed. */
  token: string;
  id: string;
  revision: number;
  input: EntryInput;
  now: Date;
};

/**
 * Changes an entry that waits in a mailbox, by the holder of a link that shows it. Its address stays: it is the mailbox's.
 * What was agreed to stays too: the form says the same of every entry.
 * @throws DomainError `not-found` for a link that is over and for an entry that it does not show, `conflict` where the
 * entry was confirmed, changed or deleted meanwhile, `already-signed` where the same waits already, `taken-down`
 */
export async function editEntry({ token, id, revision, input, now }: Edit): Promise<void> {
  await db.$transaction(async (tx) => {
    const [subject] = await lockSubjects(tx, [id]);
    const link = await findLink(tx, token);
    if (!link || link.expiresAt <= now) throw new DomainError("not-found");
    const shown = await tx.signature.findFirst({
      where: { id, ...shownBy(link) },
      select: { consentVersion: true, letter: { select: { unpublishedAt: true } } },
    });
    if (!subject || !shown) throw new DomainError("not-found");
    const open = subject.state === "PENDING" && subject.revision === revision && !subject.erased;
    if (!open || subject.kind !== input.kind) throw new DomainError("conflict");
    if (shown.letter.unpublishedAt) throw new DomainError("taken-down");
    const edited = { ...input, email: subject.email };
    const digest = contentDigest(edited, shown.consentVersion);
    await replacePending(tx, subject, { input: edited, digest }, bySignatory(now));
  });
}
