import type { Database, Tx } from "@/lib/db/client";
import { decrypt, encrypt } from "@/lib/encryption/encrypt";
import { deploymentKey } from "@/lib/encryption/keys";
import { nameOfSeveral } from "@/lib/mail/one-of-several";
import { addressHash, spellingHash } from "@/lib/signatures/claim";
import { decryptLanguage } from "@/lib/signatures/encrypted-origin";
import type { Subject } from "@/lib/signatures/engine/subject";

/**
 * Where to email somebody whose signature has left: language, version, whether discreetly, and the token of a
 * link that removes the line about it.
 */
export type Addressee = {
  to: string;
  locale: string;
  versionId: string;
  discreet: boolean;
  noteToken?: string;
  /** Where others of the address stay: which one it is about. */
  name?: string;
};

const CONTEXT = "mail.addressee";

/** Who is to be told that a signature has gone, encrypted; null where its address is not known any more. */
export async function encryptAddressee(tx: Tx, subject: Subject, noteToken?: string): Promise<string | null> {
  const { id, version } = subject;
  const row = await tx.signature.findUniqueOrThrow({
    where: { id },
    select: { address: true, encryptedLanguage: true },
  });
  if (!row.address) return null;
  const { key, email: to } = subject;
  const locale = decryptLanguage(key, row.encryptedLanguage);
  const discreet = await wantsDiscretion(tx, to);
  const name = (!discreet && (await nameOfSeveral(tx, id, key))) || undefined;
  const addressee: Addressee = { to, locale, versionId: version.id, discreet, noteToken, name };
  return encrypt(deploymentKey(), CONTEXT, JSON.stringify(addressee));
}

export const decryptAddressee = (encrypted: string): Addressee =>
  JSON.parse(decrypt(deploymentKey(), CONTEXT, encrypted));

/** Whether a mailbox wants its mails discreet: its strictest wish holds. @param id of a signature whose wish holds too */
export async function wantsDiscretion(database: Database, address: string, id?: string): Promise<boolean> {
  const mailbox = [{ addressHash: addressHash(address) }, { spellingHash: spellingHash(address) }];
  const where = { discreet: true, OR: [...mailbox, ...(id ? [{ id }] : [])] };
  return (await database.signature.findFirst({ where, select: { id: true } })) !== null;
}
