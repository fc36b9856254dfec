import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { db, type Tx } from "@/lib/db/client";
import { type FailedMail, queueAgain } from "@/lib/mail/queue-again";
import { LINKS_LOST, STOPPABLE, UNKNOWN, WANTED } from "@/lib/mail/rules";
import { lockSignatures } from "@/lib/signatures/engine/subject";
import { takeAddressMails } from "@/lib/signatures/mail-allowance";
import { Prisma } from "@/prisma/generated/client";

/** How many undelivered mails one press of the button goes through. */
const AT_ONCE = 1_000;
/** Held while they are chosen and marked. Any fixed number. */
const RESEND_LOCK = 7_305_261_121;

/** How many went out, and how many are left that could be sent again. */
type ResentAll = { sent: number; left: number };

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

type Failed = FailedMail & { id: string; addressHash: string };

/**
 * Mails that failed and that somebody wants and would get: the rule `resendable`, for the database. What may have arrived
 * is sent again one by one only, by an administrator who has looked at it.
 */
const failed = () => Prisma.sql`
  FROM mail d CROSS JOIN LATERAL (
    SELECT id, address_hash, spelling_hash FROM signature
    WHERE address_hash IS NOT NULL
      AND (id = d.signature_id AND state::text = ANY(${WANTED.news}::text[])
        OR mailbox_hash = d.mailbox_hash AND state::text = ANY(${WANTED.confirmation}::text[]))
    ORDER BY id LIMIT 1) s
  WHERE d.state = 'FAILED' AND d.error IS DISTINCT FROM ${UNKNOWN} AND d.resent_at IS NULL
    AND d.message <> ALL(${LINKS_LOST}::text[])
    AND NOT EXISTS (
      SELECT FROM suppression x WHERE x.spelling_hash = s.spelling_hash
        AND (x.reason <> 'STOPPED' OR d.message = ANY(${STOPPABLE}::text[])))`;

/** Locks the oldest with the signatures that they concern, and reads those that somebody wants still. */
async function lockFailed(tx: Tx): Promise<Failed[]> {
  const oldest = Prisma.sql`ORDER BY d.done_at, d.id LIMIT ${AT_ONCE}`;
  const found = await tx.$queryRaw<{ id: string; concerned: string }[]>`
    SELECT d.id::text, s.id::text AS concerned ${failed()} ${oldest}`;
  const signatures = found.map(({ concerned }) => concerned);
  await lockSignatures(tx, signatures);
  // Held ones are not locked here: a transaction that has them may wait for an address that this locks next.
  await tx.$queryRaw`
    SELECT 1 FROM mail WHERE state = 'FAILED' AND (signature_id = ANY(${signatures}::uuid[])
      OR mailbox_hash IN (SELECT mailbox_hash FROM signature WHERE id = ANY(${signatures}::uuid[])))
    ORDER BY id FOR UPDATE`;
  const ids = found.map(({ id }) => id);
  return tx.$queryRaw<Failed[]>`
    SELECT d.id::text, d.message, d.signature_id::text AS "signatureId", d.mailbox_hash AS "mailboxHash",
      s.address_hash AS "addressHash"
    ${failed()} AND d.id = ANY(${ids}::uuid[]) ${oldest}`;
}

async function countFailed(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count ${failed()}`;
  return row?.count ?? 0;
}

const newestOfEach = (mails: Failed[]) => new Map(mails.map((mail) => [mail.addressHash, mail]));

/** Marks the mails that go out, and older ones that said the same of the same signature or mailbox. */
async function markResent(tx: Tx, mails: Failed[], now: Date): Promise<void> {
  const signatures = mails.map(({ signatureId }) => signatureId);
  const mailboxes = mails.map(({ mailboxHash }) => mailboxHash);
  const messages = mails.map(({ message }) => message);
  await tx.$executeRaw`
    UPDATE mail d SET resent_at = ${now}
    FROM unnest(${signatures}::uuid[], ${mailboxes}::text[], ${messages}::text[]) AS m(signature_id, mailbox_hash, message)
    WHERE (d.signature_id = m.signature_id OR d.mailbox_hash = m.mailbox_hash) AND d.message = m.message AND d.state = 'FAILED' AND d.resent_at IS NULL`;
}
