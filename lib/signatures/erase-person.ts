import { v7 as uuid } from "uuid";
import type { Tx } from "@/lib/db/client";
import { erasedHash } from "@/lib/erasure/erased-hash";

/**
 * Erases everything that identifies the person or representative behind a signature. Without its data key no
 * ciphertext opens any more, in audit entries, jobs and backups of later days alike. What is left to do once that is
 * committed stays in the table of erasures: noting it outside the database, and rewriting the tables.
 */
export async function erasePerson(tx: Tx, signatureId: string): Promise<void> {
  await tx.erasure.create({ data: { id: uuid(), hash: erasedHash(signatureId) }, select: { id: true } });
  await tx.signatureKey.deleteMany({ where: { signatureId } });
  await tx.signatureToken.deleteMany({ where: { signatureId } });
  await tx.heldMail.deleteMany({ where: { signatureId } });
  const networks = { networkHash: null, wideNetworkHash: null };
  const found = { addressHash: null, spellingHash: null, domainHash: null, ...networks };
  const hashes = { claim: null, listing: null, contentDigest: null, ...found };
  const blank = {
    ...hashes,
    address: null,
    comment: null,
    reason: null,
    flags: [],
    sealedLanguage: "",
    updates: false,
  };
  const origin = { country: null, sealedCountry: null, expert: false };
  const shown = {
    name: null,
    title: null,
    position: null,
    affiliation: null,
    website: null,
    orcid: null,
    folded: null,
    skeleton: null,
    siteSkeleton: null,
  };
  await tx.signature.update({
    where: { id: signatureId },
    data: {
      ...blank,
      signatory: { update: { typed: null, corrected: null, ...origin, ...shown } },
    },
    select: { id: true },
  });
}
