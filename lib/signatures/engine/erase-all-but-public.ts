import type { Tx } from "@/lib/db/client";
import { encrypt } from "@/lib/encryption/encrypt";
import { createDataKey } from "@/lib/encryption/keys";
import { encryptCountry } from "@/lib/signatures/encrypted-origin";
import { eraseMailboxes, lockMailboxes, NOBODY } from "@/lib/signatures/engine/erase-persons";
import { PUBLIC_FIELDS, type PublicFields, representativeOf } from "@/lib/signatures/engine/public-row";
import type { Subject } from "@/lib/signatures/engine/subject";
import { leaveLinks } from "@/lib/signatures/own/manage-link";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";

/**
 * Erases all of approved signatures but what is public, and what they count by. Each gets a new data key:
 * without the old one no earlier ciphertext opens any more, in the audit log or in later backups. Of a shown
 * entry the keyed hash of the exact address stays, so that its owner can always have the link; of a hidden
 * one nothing does.
 */
export async function eraseAllButPublic(tx: Tx, subjects: Subject[]): Promise<void> {
  if (subjects.length === 0) return;
  const ids = subjects.map(({ id }) => id);
  const hidden = subjects.filter(({ visibility }) => visibility !== "PUBLIC").map(({ id }) => id);
  const rows = subjects.map(leftOf);
  await lockMailboxes(tx, ids);
  await tx.mail.deleteMany({ where: { signatureId: { in: ids } } });
  await eraseMailboxes(tx, ids);
  await leaveLinks(tx, hidden);
  await tx.proposal.deleteMany({ where: { signatureId: { in: ids } } });
  await tx.addressMove.deleteMany({ where: { signatureId: { in: ids } } });
  const { spellingHash: _, listing: __, discreet: ___, ...columns } = NOBODY;
  await tx.signature.updateMany({ where: { id: { in: ids } }, data: columns });
  await tx.signature.updateMany({ where: { id: { in: hidden } }, data: { spellingHash: null } });
  await tx.$executeRaw`
    UPDATE signature_key k SET wrapped = v.wrapped
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v(id uuid, wrapped text) WHERE k.signature_id = v.id`;
  await tx.$executeRaw`
    UPDATE signatory s SET typed = v.typed, corrected = NULL, encrypted_country = v.country
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v("signatoryId" uuid, typed text, country text)
    WHERE s.id = v."signatoryId"`;
}

/** What is kept of one, under its new key: its country is what it is counted by. */
function leftOf(subject: Subject) {
  const { id, signatoryId, visibility, country } = subject;
  const { key, wrapped } = createDataKey(id);
  const shown = visibility === "PUBLIC" && JSON.stringify(publicPart(subject.fields));
  const typed = shown ? encrypt(key, "signatory.typed", shown) : null;
  return { id, signatoryId, wrapped, typed, country: encryptCountry(key, country) };
}

function publicPart(fields: SignatoryFields): SignatoryFields {
  const shown = Object.fromEntries(PUBLIC_FIELDS.map((name) => [name, fields[name]])) as PublicFields;
  const representativeName = representativeOf(fields);
  const agreed = representativeName !== null && { representativePublic: true };
  return { ...shown, representativeName, representativeRole: null, ...agreed };
}
