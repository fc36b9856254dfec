import { v7 as uuid } from "uuid";
import type { Tx } from "@/lib/db/client";
import { lockMailsAbout } from "@/lib/mail/lock-mails";
import { erasedHash } from "@/lib/signatures/erasure/erased-hash";
import { lockAddress } from "@/lib/signatures/mail-allowance";
import { leaveEndedLinks, leaveLinks } from "@/lib/signatures/own/manage-link";
import { noteWithdrawnLinks } from "@/lib/signatures/withdrawn-link";
import { Prisma } from "@/prisma/generated/client";

/**
 * Erases everything that identifies the persons or representatives behind signatures. Without its data key no
 * ciphertext opens any more, in audit entries, jobs and backups of later days alike. What is left to do once that is
 * committed stays in the table of erasures: noting it outside the database, and rewriting the tables.
 */
export async function erasePersons(tx: Tx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.erasure.createMany({ data: ids.map((id) => ({ id: uuid(), hash: erasedHash(id) })) });
  const ofThem = { where: { signatureId: { in: ids } } };
  await tx.signatureKey.deleteMany(ofThem);
  await lockMailboxes(tx, ids);
  await leaveEndedLinks(tx, ids);
  await tx.mail.deleteMany({ where: { ...ofThem.where, state: "WAITING" } });
  await tx.mail.updateMany({ ...ofThem, data: { recipient: null } });
  await noteWithdrawnLinks(tx, ids);
  await eraseMailboxes(tx, ids);
  await leaveLinks(tx, ids);
  await tx.proposal.deleteMany(ofThem);
  await tx.addressMove.deleteMany(ofThem);
  await tx.publicSignatory.deleteMany(ofThem);
  await tx.pinnedSignatory.deleteMany(ofThem);
  await tx.signature.updateMany({ where: { id: { in: ids } }, data: NOBODY });
  await tx.$executeRaw`
    UPDATE signatory SET typed = NULL, corrected = NULL, encrypted_country = NULL, expert = false
    WHERE id IN (SELECT signatory_id FROM signature WHERE id = ANY(${ids}::uuid[]))`;
}

/** As everybody who asks for a mail: an entry that comes at this moment keeps its mailbox and its mail. */
export async function lockMailboxes(tx: Tx, ids: string[]): Promise<void> {
  await lockAddressesOf(tx, ids);
  await lockMailsAbout(tx, ids);
}

async function lockAddressesOf(tx: Tx, ids: string[]): Promise<void> {
  const rows = await tx.signature.findMany({ where: { id: { in: ids } }, select: { addressHash: true } });
  const hashes = new Set(rows.flatMap((row) => row.addressHash ?? []));
  for (const hash of [...hashes].sort()) await lockAddress(tx, hash);
}

/** With the last entry of a mailbox everything goes that was kept for it: its key, its links, the mails that wait for it. */
export async function eraseMailboxes(tx: Tx, ids: string[]): Promise<void> {
  const last = (column: string) => Prisma.sql`
    SELECT DISTINCT e.${Prisma.raw(column)} FROM signature e WHERE e.id = ANY(${ids}::uuid[]) AND NOT EXISTS (
      SELECT FROM signature o WHERE o.${Prisma.raw(column)} = e.${Prisma.raw(column)} AND o.id <> ALL(${ids}::uuid[]))`;
  await tx.$executeRaw`DELETE FROM mail WHERE state = 'HELD' AND address_hash IN (${last("address_hash")})`;
  await tx.$executeRaw`DELETE FROM mail WHERE state = 'WAITING' AND mailbox_hash IN (${last("mailbox_hash")})`;
  await tx.$executeRaw`
    UPDATE mail SET recipient = NULL, mailbox_hash = NULL WHERE mailbox_hash IN (${last("mailbox_hash")})`;
  await tx.$executeRaw`UPDATE mail SET recipient = NULL WHERE recipient IN (${last("spelling_hash")})`;
  await tx.$executeRaw`DELETE FROM confirmation_link WHERE mailbox_hash IN (${last("mailbox_hash")})`;
  await tx.$executeRaw`DELETE FROM mailbox WHERE hash IN (${last("mailbox_hash")})`;
}

export const NOBODY = {
  claim: null,
  listing: null,
  contentDigest: null,
  addressHash: null,
  spellingHash: null,
  mailboxHash: null,
  domainHash: null,
  networkHash: null,
  wideNetworkHash: null,
  movedAt: null,
  address: null,
  comment: null,
  reason: null,
  flags: [],
  nearKeys: [],
  encryptedLanguage: "",
  updates: false,
  discreet: false,
} satisfies Prisma.SignatureUpdateManyMutationInput;
