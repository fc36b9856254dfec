import { v7 as uuid } from "uuid";
import { bySignatory } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import type { Subject } from "@/lib/signatures/engine/subject";
import { tryToNoteErasures } from "@/lib/signatures/erasure/note-erasures";
import { lockOwn, type Own } from "@/lib/signatures/own/lock-own";
import { decryptProposed, encryptProposed, isSame } from "@/lib/signatures/own/proposal";

/**
 * Hides the name of who signed for an organisation at once; the organisation stays as it is. A change that waits asks for that name
 * no longer. A second press changes nothing.
 * @throws DomainError `not-found` for a link that does not lead to it
 */
export async function hideRepresentative(own: Own): Promise<void> {
  await db.$transaction(async (tx) => {
    const subject = await lockOwn(tx, own);
    const fields = { ...subject.fields, representativePublic: false };
    if (subject.fields.representativePublic)
      await applyChange(
        tx,
        { subject, action: "signature.hide-representative", after: { fields } },
        bySignatory(own.now),
      );
    await hideProposed(tx, subject);
  });
  await tryToNoteErasures();
}

/** What a moderator's page showed before can be approved no longer: it has another id. */
async function hideProposed(tx: Tx, { id: signatureId, key, country, fields }: Subject): Promise<void> {
  const row = await tx.proposal.findFirst({ where: { signatureId, state: "WAITING" } });
  const proposed = row && decryptProposed(key, row.contents);
  if (!row || !proposed?.fields.representativePublic) return;
  const rest = { ...proposed, fields: { ...proposed.fields, representativePublic: false } };
  const shown = { country, fields: { ...fields, representativePublic: false } };
  await tx.proposal.delete({ where: { id: row.id } });
  if (!isSame(rest, shown) || row.shows)
    await tx.proposal.create({ data: { ...row, id: uuid(), contents: encryptProposed(key, rest) } });
}
