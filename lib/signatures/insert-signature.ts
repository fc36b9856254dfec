import { v7 as uuid } from "uuid";
import { auditInsert } from "@/lib/audit/write-audit";
import type { Database } from "@/lib/db/client";
import { actWithMail } from "@/lib/jobs/queue";
import { WAITING_ENTRIES } from "@/lib/rate-limit/limits";
import {
  addressHash,
  type Claimed,
  domainHash,
  networkHash,
  spellingHash,
  wideNetworkHash,
} from "@/lib/signatures/claim";
import { CONSENT_VERSION } from "@/lib/signatures/consent";
import { countedBy, holdInsert } from "@/lib/signatures/held-mail";
import { takingMail } from "@/lib/signatures/mail-allowance";
import { confirmationMail, tokenInsert } from "@/lib/signatures/queue-confirmation";
import { lapseTime, mailPauseEnd } from "@/lib/signatures/rules";
import { sealContents } from "@/lib/signatures/sealed-contents";
import { createDataKey } from "@/lib/vault/keys";
import { createToken } from "@/lib/vault/tokens";
import { Prisma } from "@/prisma/generated/client";

/**
 * Inserts a pending signature to the letter's newest version, with its signatory and key, and queues the mail that
 * confirms it, or holds it where a limit is against it. It changes no other signature.
 * @returns false where an equal one waits, a confirmed one holds the claim, as many wait as may, or the letter is not
 * open
 */
export async function insertSignature(db: Database, claimed: Claimed): Promise<boolean> {
  const signatureId = uuid();
  const { key, wrapped } = createDataKey(signatureId);
  const { token, hash } = createToken();
  const rows = {
    signatureId,
    signatoryId: uuid(),
    wrapped,
    tokenHash: hash,
    sealed: sealContents(key, claimed.input, claimed.locale),
  };
  const statement = await actWithMail(
    allRows(claimed, rows),
    Prisma.sql`SELECT at FROM mail_time`,
    confirmationMail(signatureId, key, token),
    claimed,
  );
  const mailed = await db.$queryRaw<unknown[]>(statement);
  return mailed.length > 0 || (await db.signature.count({ where: { id: signatureId } })) > 0;
}

type Rows = {
  signatureId: string;
  signatoryId: string;
  wrapped: string;
  tokenHash: string;
  sealed: ReturnType<typeof sealContents>;
};

/** The queries that make all rows or none: what is not inserted needs no roll-back. */
function allRows(claimed: Claimed, rows: Rows): Prisma.Sql {
  const { now, letterId, input, unproven } = claimed;
  const { signatureId } = rows;
  const line = { at: now, actor: "SIGNATORY", action: "signature.submit", letterId, signatureId } as const;
  const counted = countedBy({ email: input.email, unproven }, wideHash(claimed));
  const wanted = Prisma.sql`FROM claimed WHERE ${claimed.mails}`;
  const unsent = Prisma.sql`FROM (SELECT ${wanted}) wanted WHERE NOT EXISTS (SELECT FROM mail_time)`;
  return Prisma.sql`
    claimed AS (${signatureInsert(claimed, rows)} RETURNING id, signatory_id),
    party AS (
      INSERT INTO signatory (id, kind, sealed_country, typed)
      SELECT signatory_id, ${input.kind}::"SignatoryKind", ${rows.sealed.sealedCountry}, ${rows.sealed.typed} FROM claimed
    ),
    own_key AS (INSERT INTO signature_key (signature_id, wrapped) SELECT id, ${rows.wrapped} FROM claimed),
    audited AS (${auditInsert(line, Prisma.sql`FROM claimed`)}),
    ${takingMail(counted, now, wanted)},
    held AS (${holdInsert(signatureId, counted, now, unsent)}),
    token AS (${tokenInsert(signatureId, rows.tokenHash, now, Prisma.sql`FROM mail_time`)})`;
}

const wideHash = ({ network }: Claimed) => (network ? wideNetworkHash(network) : null);

function signatureInsert(claimed: Claimed, rows: Rows): Prisma.Sql {
  const { letterId, claim, digest, input, now, network, quarantine, unproven } = claimed;
  const { address, comment, sealedLanguage } = rows.sealed;
  return Prisma.sql`
    INSERT INTO signature (id, letter_id, letter_version_id, signatory_id, locale, state, visibility, updates,
      content_digest, address_hash, spelling_hash, address, comment, consent_version, consent_at, submitted_at, lapses_at,
      mail_paused_until, network_hash, wide_network_hash, domain_hash, quarantine, unproven)
    SELECT ${rows.signatureId}::uuid, l.id, v.id, ${rows.signatoryId}::uuid, ${sealedLanguage}, 'PENDING'::"SignatureState",
      ${input.visibility}::"Visibility", ${input.updates}, ${digest}, ${addressHash(input.email)},
      ${spellingHash(input.email)}, ${address}, ${comment}, ${CONSENT_VERSION}, ${now}::timestamptz, ${now}::timestamptz,
      ${lapseTime(now)}::timestamptz, ${mailPauseEnd(now)}::timestamptz,
      ${network ? networkHash(network) : null}, ${wideHash(claimed)}, ${domainHash(input.email)},
      ${quarantine}::"Quarantine", ${unproven}
    FROM letter l
    CROSS JOIN LATERAL (SELECT id FROM letter_version WHERE letter_id = l.id ORDER BY number DESC LIMIT 1) v
    WHERE l.id = ${letterId}::uuid AND l.opens_at <= ${now} AND (l.closes_at IS NULL OR l.closes_at > ${now})
      AND NOT EXISTS (SELECT FROM signature WHERE claim = ${claim}) AND ${hasRoom(claimed)}
    ON CONFLICT (letter_version_id, content_digest) DO NOTHING`;
}

/** Whether another entry may wait in the mailbox. Requests of the same moment may be a few more: each still has its own. */
export function hasRoom(claimed: Claimed): Prisma.Sql {
  const { letterId, input } = claimed;
  return Prisma.sql`(
    SELECT count(*) < ${WAITING_ENTRIES.mailbox}
      AND count(*) FILTER (WHERE wide_network_hash IS NOT DISTINCT FROM ${wideHash(claimed)}) < ${WAITING_ENTRIES.network}
    FROM signature
    WHERE letter_id = ${letterId}::uuid AND address_hash = ${addressHash(input.email)} AND state = 'PENDING')`;
}
