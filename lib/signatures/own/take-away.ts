import { v7 as uuid } from "uuid";
import { bySignatory } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import type { Subject } from "@/lib/signatures/engine/subject";
import { tryToNoteErasures } from "@/lib/signatures/erasure/note-erasures";
import { lockOwn, type Own } from "@/lib/signatures/own/lock-own";
import { decryptProposed, encryptProposed, isSame, type Proposed } from "@/lib/signatures/own/proposal";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";

/** Fields as they are without what was taken away: null, false or absent. */
export type Gone = Partial<SignatoryFields>;

/**
 * Hides the name of who signed for an organisation at once; the organisation stays as it is. A second press changes nothing.
 * @throws DomainError `not-found` for a link that does not lead to it
 */
export async function hideRepresentative(own: Own): Promise<void> {
  await db.$transaction(async (tx) => {
    const subject = await lockOwn(tx, own);
    await takeAway(tx, subject, { representativePublic: false }, "signature.hide-representative", own.now);
  });
  await tryToNoteErasures();
}

/**
 * Takes something of one's own entry away at once, and from a change that waits: it asks for that no longer. Nobody has to look
 * at it first, as nothing is shown that was not before.
 * @returns whether anything was taken
 */
export async function takeAway(
  tx: Tx,
  subject: Subject,
  gone: Gone,
  action: "signature.hide-representative" | "signature.remove-details",
  now: Date,
): Promise<boolean> {
  const { country, fields } = subject;
  const left = { country, fields: { ...fields, ...gone } };
  const shown = !isSame(left, subject);
  if (shown) await applyChange(tx, { subject, action, after: { fields: left.fields } }, bySignatory(now));
  return (await takeFromProposal(tx, subject, gone, left)) || shown;
}

/** What a moderator's page showed before can be approved no longer: it has another id. */
async function takeFromProposal(
  tx: Tx,
  { id: signatureId, key }: Subject,
  gone: Gone,
  left: Proposed,
): Promise<boolean> {
  const row = await tx.proposal.findFirst({ where: { signatureId, state: "WAITING" } });
  if (!row) return false;
  const proposed = decryptProposed(key, row.contents);
  const rest = { ...proposed, fields: { ...proposed.fields, ...gone } };
  if (isSame(rest, proposed)) return false;
  await tx.proposal.delete({ where: { id: row.id } });
  if (!isSame(rest, left) || row.shows)
    await tx.proposal.create({ data: { ...row, id: uuid(), contents: encryptProposed(key, rest) } });
  return true;
}
