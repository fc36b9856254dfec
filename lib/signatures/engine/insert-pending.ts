import { v7 as uuid } from "uuid";
import { auditHead } from "@/lib/audit/audit-head";
import { auditInsert } from "@/lib/audit/write-audit";
import { bySignatory } from "@/lib/auth/context";
import { countSubmitted } from "@/lib/counts/statistics/count-events";
import type { Tx } from "@/lib/db/client";
import type { DataKey } from "@/lib/encryption/cipher";
import {
  addressHash,
  type Claimed,
  domainHash,
  mailboxHash,
  networkHash,
  spellingHash,
  wideNetworkHash,
} from "@/lib/signatures/claim";
import { consentVersion } from "@/lib/signatures/consent";
import { encryptContents } from "@/lib/signatures/encrypted-contents";
import { expiryTime } from "@/lib/signatures/rules";
import { Prisma } from "@/prisma/generated/client";

type Rows = { id: string; versionId: string; key: DataKey; wrapped: string };

/**
 * Inserts a signature that waits for its confirmation, with its signatory, key and line in the audit log: how a standing
 * begins. It counts nowhere and shows nothing.
 * @param room whether there is a place for it, as a condition
 * @returns false where an equal one waits, or there is no place: then nothing is stored
 */
export async function insertPending(
  tx: Tx,
  claimed: Claimed,
  { id, versionId, key, wrapped }: Rows,
  room: Prisma.Sql,
): Promise<boolean> {
  const { letterId, input, now, network, digest, hold, unchecked } = claimed;
  const encrypted = encryptContents(key, input, claimed.locale);
  const line = { ...auditHead(bySignatory(now)), action: "signature.submit", letterId, signatureId: id };
  const inserted = await tx.$queryRaw<unknown[]>`
    WITH claimed AS (
      INSERT INTO signature (id, letter_id, letter_version_id, signatory_id, locale, state, visibility, updates, discreet,
        content_digest, address_hash, spelling_hash, mailbox_hash, address, comment, consent_version, consent_at, submitted_at,
        expires_at, network_hash, wide_network_hash, domain_hash, hold, unchecked, told_version)
      SELECT ${id}::uuid, ${letterId}::uuid, ${versionId}::uuid, ${uuid()}::uuid, ${encrypted.encryptedLanguage}, 'PENDING'::"SignatureState",
        ${input.visibility}::"Visibility", ${input.updates}, ${input.discreet ?? false}, ${digest}, ${addressHash(input.email)},
        ${spellingHash(input.email)}, ${mailboxHash(input.email)}, ${encrypted.address}, ${encrypted.comment}, ${consentVersion(claimed.consentLine)}, ${now}::timestamptz, ${now}::timestamptz,
        ${expiryTime(now)}::timestamptz, ${network ? networkHash(network) : null}, ${network ? wideNetworkHash(network) : null},
        ${domainHash(input.email)}, ${hold}::"HoldReason", ${unchecked},
        (SELECT number FROM letter_version WHERE id = ${versionId}::uuid)
      WHERE (${room})
      ON CONFLICT (letter_version_id, content_digest) DO NOTHING
      RETURNING id, signatory_id, letter_id, state, hold
    ),
    counted AS (INSERT INTO standing_count (letter_id, state, hold, count) SELECT letter_id, state, hold, 1 FROM claimed),
    told AS (${countSubmitted(now)}),
    party AS (
      INSERT INTO signatory (id, kind, encrypted_country, typed)
      SELECT signatory_id, ${input.kind}::"SignatoryKind", ${encrypted.encryptedCountry}, ${encrypted.typed} FROM claimed
    ),
    own_key AS (INSERT INTO signature_key (signature_id, wrapped) SELECT id, ${wrapped} FROM claimed),
    audited AS (${auditInsert(line, Prisma.sql`FROM claimed`)})
    SELECT id::text FROM claimed`;
  return inserted.length > 0;
}
