import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { db, type Tx } from "@/lib/db/client";
import { enqueueMails, type NewMail, type SignatureMessage } from "@/lib/mail/outbox";
import { STOPPABLE, UNKNOWN, WANTED } from "@/lib/mail/rules";
import { lockSignatures } from "@/lib/signatures/engine/subject";
import { takeAddressMails } from "@/lib/signatures/mail-allowance";
import { newConfirmations } from "@/lib/signatures/queue-confirmation";
import { openDataKey } from "@/lib/vault/keys";
import { Prisma } from "@/prisma/generated/client";

/** How many undelivered mails one press of the button goes through. */
const AT_ONCE = 1_000;
/** Held while they are chosen and marked. Any fixed number. */
const RESEND_LOCK = 7_305_261_121;

/** How many went out, and how many are left that could be sent again. */
export type ResentAll = { sent: number; left: number };

/**
 * Queues again what could not be delivered, the oldest first: to each address its newest mail, counted among those that
 * an address may get in a day; the others stay in the list. Of two administrators at once, one waits for the other.
 * @throws DomainError `forbidden`
 */
export async function resendAllMails({ admin, now }: { admin: Admin; now: Date }): Promise<ResentAll> {
  return db.$transaction(async (tx) => {
    await assertStillMay(tx, admin, "mail.resend");
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${RESEND_LOCK})`;
    const chosen = newestOfEach(await lockFailed(tx));
    const taken = await takeAddressMails(tx, [...chosen.keys()], now);
    const mails = [...chosen.values()].filter((mail) => taken.has(mail.addressHash));
    await markResent(tx, mails, now);
    await queueAgain(tx, mails, now);
    const details = { mails: mails.length };
    if (mails.length > 0)
      await writeAudit(tx, {
        at: now,
        actor: "ADMIN",
        adminId: admin.id,
        action: "mail.resend-all",
        details,
      });
    return { sent: mails.length, left: await countFailed(tx) };
  });
}

type Failed = { message: string; signatureId: string; addressHash: string; wrapped: string };

const CONFIRMATION = "confirm-signature";

/**
 * Mails that failed and that somebody wants and would get: the rule `resendable`, for the database. What may have arrived
 * is sent again one by one only, by whoever has looked at it.
 */
const failed = () => Prisma.sql`
  FROM mail d JOIN signature s ON s.id = d.signature_id JOIN signature_key k ON k.signature_id = s.id
  WHERE d.state = 'FAILED' AND d.error IS DISTINCT FROM ${UNKNOWN} AND d.resent_at IS NULL AND s.address_hash IS NOT NULL
    AND s.state::text = ANY(CASE d.message WHEN ${CONFIRMATION} THEN ${WANTED.confirmation} ELSE ${WANTED.news} END::text[])
    AND NOT EXISTS (
      SELECT FROM suppression x WHERE x.spelling_hash = s.spelling_hash
        AND (x.reason <> 'STOPPED' OR d.message = ANY(${STOPPABLE}::text[])))`;

/** Locks the oldest with their signatures, and reads those that somebody wants still. */
async function lockFailed(tx: Tx): Promise<Failed[]> {
  const oldest = Prisma.sql`ORDER BY d.done_at, d.id LIMIT ${AT_ONCE}`;
  const found = await tx.$queryRaw<{ id: string; signatureId: string }[]>`
    SELECT d.id::text, d.signature_id::text AS "signatureId" ${failed()} ${oldest}`;
  const signatures = found.map(({ signatureId }) => signatureId);
  await lockSignatures(tx, signatures);
  // Held ones are not locked here: whoever has them may wait for an address that this locks next.
  await tx.$queryRaw`
    SELECT 1 FROM mail WHERE signature_id = ANY(${signatures}::uuid[]) AND state = 'FAILED' ORDER BY id FOR UPDATE`;
  const ids = found.map(({ id }) => id);
  return tx.$queryRaw<Failed[]>`
    SELECT d.message, d.signature_id::text AS "signatureId", s.address_hash AS "addressHash", k.wrapped
    ${failed()} AND d.id = ANY(${ids}::uuid[]) ${oldest}`;
}

async function countFailed(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count ${failed()}`;
  return row?.count ?? 0;
}

const newestOfEach = (mails: Failed[]) => new Map(mails.map((mail) => [mail.addressHash, mail]));

/** Marks the mails that go out, and older ones that said the same of the same signature. */
async function markResent(tx: Tx, mails: Failed[], now: Date): Promise<void> {
  const signatures = mails.map(({ signatureId }) => signatureId);
  const messages = mails.map(({ message }) => message);
  await tx.$executeRaw`
    UPDATE mail d SET resent_at = ${now}
    FROM unnest(${signatures}::uuid[], ${messages}::text[]) AS m(signature_id, message)
    WHERE d.signature_id = m.signature_id AND d.message = m.message AND d.state = 'FAILED' AND d.resent_at IS NULL`;
}

async function queueAgain(tx: Tx, mails: Failed[], now: Date): Promise<void> {
  const news = mails.filter(({ message }) => message !== CONFIRMATION);
  const confirmations = mails.filter(({ message }) => message === CONFIRMATION);
  const signatures = confirmations.map(({ signatureId, wrapped }) => ({
    signatureId,
    key: openDataKey(signatureId, wrapped),
    mailAt: now,
  }));
  await enqueueMails(tx, [
    ...news.map(({ message, signatureId }) => ({
      mail: { message: message as SignatureMessage, signatureId } satisfies NewMail,
    })),
    // The links of the mails that failed may have ended by now.
    ...(await newConfirmations(tx, signatures)),
  ]);
}
