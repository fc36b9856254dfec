import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/db/client";
import { enqueueMail } from "@/lib/jobs/queue";
import { type Claimed, domainHash, networkHash, wideNetworkHash } from "@/lib/signatures/claim";
import { CONSENT_VERSION } from "@/lib/signatures/consent";
import { takeSignatureMail } from "@/lib/signatures/held-mail";
import { queueConfirmation } from "@/lib/signatures/queue-confirmation";
import { lapseTime, quarantineAfterRepeat } from "@/lib/signatures/rules";
import { sealContents } from "@/lib/signatures/sealed-contents";
import { type DataKey, openDataKey } from "@/lib/vault/keys";
import type { Quarantine, SignatureState } from "@/prisma/generated/enums";

/** The living signature that holds a claim. */
export type Holder = {
  id: string;
  signatoryId: string;
  state: SignatureState;
  quarantine: Quarantine | null;
  wrapped: string;
};

/** Locks the signature that holds a claim; null where the claim has just been released. */
export async function lockClaim(tx: Tx, claim: string): Promise<Holder | null> {
  const [holder] = await tx.$queryRaw<Holder[]>`
    SELECT g.id, g.signatory_id AS "signatoryId", g.state::text AS state,
      g.quarantine::text AS quarantine, k.wrapped
    FROM signature g JOIN signature_key k ON k.signature_id = g.id
    WHERE g.claim = ${claim} FOR UPDATE OF g`;
  return holder ?? null;
}

/**
 * What a repeat does ("Who may sign how often"): while pending, the latest content wins and gets a fresh link; later,
 * nothing changes and a mail says how it stands. Within the mail limits.
 */
export async function repeatSignature(
  tx: Tx,
  holder: Holder,
  claimed: Claimed,
  versionId: string,
): Promise<void> {
  const { now, unproven, input } = claimed;
  const pending = holder.state === "PENDING";
  const key = openDataKey(holder.id, holder.wrapped);
  if (pending) await replaceContents(tx, holder, key, claimed, versionId);
  const recipient = { email: input.email, unproven };
  const mailAt = claimed.mails ? await takeSignatureMail(tx, holder.id, recipient, now) : null;
  if (!mailAt) return;
  const mailing = { startAfter: mailAt, unproven };
  if (pending) await queueConfirmation(tx, holder.id, key, mailing);
  else await enqueueMail(tx, { message: "signature-standing", signatureId: holder.id }, mailing);
}

async function replaceContents(
  tx: Tx,
  holder: Holder,
  key: DataKey,
  claimed: Claimed,
  letterVersionId: string,
) {
  const { input, now, letterId, locale, network, unproven } = claimed;
  const { address, comment, typed, sealedCountry, sealedLanguage } = sealContents(key, input, locale);
  await tx.signature.update({
    where: { id: holder.id },
    data: {
      letterVersionId,
      sealedLanguage,
      visibility: input.visibility,
      updates: input.updates,
      address,
      comment,
      consentVersion: CONSENT_VERSION,
      consentAt: now,
      submittedAt: now,
      lapsesAt: lapseTime(now),
      networkHash: network ? networkHash(network) : null,
      wideNetworkHash: network ? wideNetworkHash(network) : null,
      domainHash: domainHash(input.email),
      quarantine: quarantineAfterRepeat(holder.quarantine, claimed.quarantine),
      unproven,
      revision: { increment: 1 },
    },
    select: { id: true },
  });
  const signatory = { typed, country: null, sealedCountry };
  await tx.signatory.update({ where: { id: holder.signatoryId }, data: signatory, select: { id: true } });
  const audit = {
    at: now,
    actor: "SIGNATORY",
    action: "signature.resubmit",
    letterId,
    signatureId: holder.id,
  } as const;
  await writeAudit(tx, audit);
}
