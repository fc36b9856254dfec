import { auditHead } from "@/lib/audit/audit-head";
import { writeAudits } from "@/lib/audit/write-audit";
import type { Context } from "@/lib/auth/context";
import type { Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { encryptContents } from "@/lib/signatures/encrypted-contents";
import type { Subject } from "@/lib/signatures/engine/subject";
import type { SignatureInput } from "@/lib/signatures/schemas";

/**
 * Replaces what a signature says that waits for its confirmation: it counts nowhere and shows nothing yet. Address, language
 * and hold stay. Its revision counts on, so that nobody confirms what another page showed.
 * @param subject locked by the caller
 * @param digest of what it says now
 * @throws DomainError `conflict` where it has moved on, `already-signed` where an equal entry waits
 */
export async function replacePending(
  tx: Tx,
  subject: Subject,
  { input, digest }: { input: SignatureInput; digest: string },
  context: Context,
): Promise<void> {
  const { id, revision, key, signatoryId } = subject;
  const { typed, comment, encryptedCountry } = encryptContents(key, input, "");
  const equal = await tx.signature.count({
    where: { letterVersionId: subject.version.id, contentDigest: digest, id: { not: id } },
  });
  if (equal > 0) throw new DomainError("already-signed");
  const replaced = await tx.$executeRaw`
    UPDATE signature SET visibility = ${input.visibility}::"Visibility", updates = ${input.updates}, comment = ${comment},
      discreet = ${input.discreet ?? false}, content_digest = ${digest}, revision = revision + 1
    WHERE id = ${id}::uuid AND state = 'PENDING' AND revision = ${revision}`;
  if (replaced === 0) throw new DomainError("conflict");
  await tx.$executeRaw`
    UPDATE signatory SET typed = ${typed}, encrypted_country = ${encryptedCountry} WHERE id = ${signatoryId}::uuid`;
  const head = auditHead(context);
  const details = { ...head.details, revision: revision + 1 };
  const line = { ...head, details, letterId: subject.letterId, signatureId: id };
  await writeAudits(tx, [{ ...line, action: "signature.edit" }]);
}
