import type { Context } from "@/lib/auth/context";
import type { Tx } from "@/lib/db/client";
import { createToken } from "@/lib/encryption/tokens";
import { DomainError } from "@/lib/errors";
import { encryptAddressee } from "@/lib/mail/addressee";
import { enqueueMail } from "@/lib/mail/outbox";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { nextState } from "@/lib/signatures/rules";
import { linksOf, linkToNote } from "@/lib/signatures/withdrawn-link";

/**
 * Withdraws one signature: it no longer counts, and the person is erased. What was confirmed gets a mail about it.
 * @param action the verb for the audit log
 * @param noteId of the line in the list that says so, which every link to it can remove
 * @throws DomainError `conflict` where it cannot be withdrawn any more
 */
export async function withdrawSignature(
  tx: Tx,
  id: string,
  action: "signature.withdraw" | "signature.erase-again",
  context: Context,
  noteId: string | null = null,
): Promise<void> {
  const [subject] = await lockSubjects(tx, [id]);
  const state = subject && nextState(subject.state, "withdraw");
  if (!state) throw new DomainError("conflict");
  const told = action === "signature.withdraw" && subject.state !== "PENDING" && !subject.erased;
  const links = noteId ? await linksOf(tx, [id]) : [];
  const note = noteId ? createToken() : null;
  const encryptedAddressee = told ? await encryptAddressee(tx, subject, note?.token) : null;
  await applyChange(tx, { subject, action, after: { state }, erase: true }, context);
  if (noteId && note) await linkToNote(tx, links, note.token, noteId);
  if (!encryptedAddressee) return;
  const mailId = await enqueueMail(tx, { message: "signature-withdrawn", encryptedAddressee });
  if (noteId)
    await tx.withdrawalNote.update({ where: { id: noteId }, data: { mailId }, select: { id: true } });
}
