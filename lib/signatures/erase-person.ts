import type { Tx } from "@/lib/db/client";

/**
 * Erases everything that identifies the person or representative behind a signature. Without its data key no
 * ciphertext opens any more, in audit entries, jobs and backups of later days alike.
 */
export async function erasePerson(tx: Tx, signatureId: string): Promise<void> {
  await tx.signatureKey.deleteMany({ where: { signatureId } });
  await tx.signatureToken.deleteMany({ where: { signatureId } });
  await tx.heldMail.deleteMany({ where: { signatureId } });
  const hashes = {
    claim: null,
    listing: null,
    addressHash: null,
    networkHash: null,
    wideNetworkHash: null,
    domainHash: null,
  };
  const blank = { ...hashes, address: null, comment: null, reason: null, flags: [] };
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
    data: { ...blank, signatory: { update: { typed: null, corrected: null, ...shown } } },
    select: { id: true },
  });
}
