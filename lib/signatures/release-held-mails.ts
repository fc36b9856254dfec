import { LINK_COVERS_MS, MAIL_LIMITS } from "@/lib/abuse/limits/limits";
import { db, type Tx } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { enqueueMail } from "@/lib/mail/outbox";
import { findBlock, readBlocks } from "@/lib/moderation/blocklist/queries";
import { log } from "@/lib/ops/log/log";
import { mailLink } from "@/lib/signatures/confirmation-link";
import { lockSignatures } from "@/lib/signatures/engine/subject";
import {
  type Counted,
  lockAddress,
  networkKeyOf,
  nextMailTime,
  type Obstacle,
  takeMails,
  UNCHECKED_KEY,
} from "@/lib/signatures/mail-allowance";
import { windowStart } from "@/lib/signatures/rules";
import { Prisma } from "@/prisma/generated/client";

const BATCH = 100;
const TROUBLE_MS = 60_000;

/**
 * Lets held mails leave that the limits allow by now: those with a proof in the order in which they were held, the others
 * in turn among their networks, the least served first. What a limit is still against is tried again when it ends.
 * @returns how many left
 */
export async function releaseHeldMails({ now }: { now: Date }): Promise<number> {
  return (await releaseSome(await checkedDue(now), now)) + (await releaseUnchecked(now));
}

async function releaseUnchecked(now: Date): Promise<number> {
  const all = await db.addressMail.findUnique({ where: { addressHash: UNCHECKED_KEY } });
  const [raise] = await db.mailRaise.findMany({ where: { key: UNCHECKED_KEY, until: { gt: now } } });
  const limit = { ...MAIL_LIMITS.unchecked, ...(raise && { count: raise.count }) };
  if (nextMailTime(all?.sentAt ?? [], limit) > now) return 0;
  return releaseSome(await uncheckedDue(now), now);
}

const checkedDue = (now: Date) => db.$queryRaw<{ id: string }[]>`
  SELECT id::text FROM mail WHERE state = 'HELD' AND NOT unchecked AND not_before <= ${now}
  ORDER BY queued_at, id LIMIT ${BATCH}`;

/** Round by round, one of each network: those that were served in the last hour begin as many rounds later. */
const uncheckedDue = (now: Date) => db.$queryRaw<{ id: string }[]>`
  WITH due AS (SELECT * FROM mail WHERE state = 'HELD' AND unchecked AND not_before <= ${now}),
  network AS (
    SELECT n.hash, (SELECT count(*) FROM address_mail m, unnest(m.sent_at) t
      WHERE m.address_hash = ${networkKeyOf("")} || COALESCE(n.hash, 'unknown')
        AND t > ${windowStart(MAIL_LIMITS.uncheckedNetwork, now)}) AS served
    FROM (SELECT DISTINCT network_hash AS hash FROM due) n)
  SELECT d.id::text FROM due d JOIN network n ON n.hash IS NOT DISTINCT FROM d.network_hash
  ORDER BY n.served + row_number() OVER (PARTITION BY d.network_hash ORDER BY d.queued_at, d.id), d.queued_at, d.id
  LIMIT ${BATCH}`;

async function releaseSome(due: { id: string }[], now: Date): Promise<number> {
  let left = 0;
  for (const { id } of due) {
    const outcome = await db
      .$transaction((tx) => release(tx, id, now))
      .catch((error) => passOver(id, error, now));
    if (outcome === "left") left += 1;
    if (outcome === "full") break;
  }
  return left;
}

/** What cannot be released is left alone for a while: one mailbox's trouble is not the others'. */
async function passOver(id: string, error: unknown, now: Date): Promise<"waits"> {
  const notBefore = new Date(now.getTime() + TROUBLE_MS);
  await db.mail.updateMany({ where: { id, state: "HELD" }, data: { notBefore } });
  log.error("a held email could not be sent", error, { mail: id });
  return "waits";
}

type Held = Counted & { id: string; queuedAt: Date; payload: { standing?: string[] } | null };

async function release(tx: Tx, id: string, now: Date): Promise<"left" | "waits" | "full" | "gone"> {
  const held = await lockHeld(tx, id, now);
  if (!held) return "gone";
  const [mailbox, ...more] = await waitingMailboxes(tx, held, now);
  const [standing, ...others] = await repeated(tx, held);
  if (!mailbox && !standing) {
    await tx.mail.delete({ where: { id }, select: { id: true } });
    return "gone";
  }
  const obstacle = await takeMails(tx, held, now);
  if (obstacle) return postpone(tx, held, obstacle);
  const left = mailbox && standing ? [standing, ...others] : others;
  // Another spelling's entries, or the standing of another signature: the next mail's.
  if (left.length > 0 || more.length > 0)
    await tx.mail.update({
      where: { id },
      data: { payload: { standing: left }, checked: false },
      select: { id: true },
    });
  else await tx.mail.delete({ where: { id }, select: { id: true } });
  if (mailbox) await mailLink(tx, mailbox, now, held);
  else if (standing)
    await enqueueMail(
      tx,
      { message: "signature-standing", signatureId: standing },
      { unchecked: held.unchecked },
    );
  return "left";
}

const readHeld = (tx: Tx, id: string, now: Date, lock: Prisma.Sql) => tx.$queryRaw<Held[]>`
  SELECT id::text, address_hash AS "addressHash", domain_key AS "domainKey", network_hash AS "networkHash", unchecked, checked,
    payload, queued_at AS "queuedAt"
  FROM mail WHERE id = ${id}::uuid AND state = 'HELD' AND not_before <= ${now} ${lock}`;

/**
 * Locks a held mail: after the signatures that it tells of and the counts of its address, as everybody does who asks for
 * one. @returns null where it is gone, or tells of others by now: then the next turn has it
 */
async function lockHeld(tx: Tx, id: string, now: Date): Promise<Held | null> {
  const [seen] = await readHeld(tx, id, now, Prisma.empty);
  if (!seen) return null;
  const standing = (held?: Held) => held?.payload?.standing ?? [];
  await lockSignatures(tx, standing(seen));
  await lockAddress(tx, seen.addressHash);
  const [held] = await readHeld(tx, id, now, Prisma.sql`FOR UPDATE SKIP LOCKED`);
  return held && standing(held).join() === standing(seen).join() ? held : null;
}

type Waiting = { hash: string; id: string; address: string; wrapped: string; since: Date };

/**
 * The spellings in which an entry waits that no link mailed since this mail was asked for shows: the plain one first, then by
 * age, so that a stranger's spelling never leaves before the owner's own. Leaves out those that a rule keeps from mail, and
 * those that no mail reaches.
 */
async function waitingMailboxes(tx: Tx, { addressHash, queuedAt }: Held, now: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<Waiting[]>`
    SELECT DISTINCT ON (s.mailbox_hash) s.mailbox_hash AS hash, s.id::text, s.address, k.wrapped, s.submitted_at AS since
    FROM signature s JOIN signature_key k ON k.signature_id = s.id
    WHERE s.address_hash = ${addressHash} AND s.state = 'PENDING' AND s.expires_at > ${now} AND s.mailbox_hash IS NOT NULL
      AND NOT EXISTS (SELECT FROM suppression x WHERE x.spelling_hash = s.spelling_hash)
      AND NOT EXISTS (
        SELECT FROM confirmation_link l WHERE l.mailbox_hash = s.mailbox_hash AND l.mailed_at > ${queuedAt} AND l.expires_at > ${now}
          AND s.submitted_at <= LEAST(l.used_at, l.mailed_at + ${LINK_COVERS_MS}::int * interval '1 millisecond'))
    ORDER BY s.mailbox_hash, s.submitted_at`;
  const blocks = await readBlocks(tx);
  const order = ({ hash, since }: Waiting) => (hash === addressHash ? 0 : since.getTime());
  return rows
    .filter(({ id, address, wrapped }) => {
      const email = decrypt(decryptDataKey(id, wrapped), "signature.address", address);
      // A rule for a network alone keeps no mail from its people; removing any other rule sends it.
      return findBlock(blocks, { email, network: null }) === null;
    })
    .sort((one, other) => order(one) - order(other))
    .map(({ hash }) => hash);
}

async function repeated(tx: Tx, { payload }: Held): Promise<string[]> {
  const ids = payload?.standing ?? [];
  const rows = await tx.signature.findMany({
    where: { id: { in: ids }, state: { in: ["VERIFIED", "APPROVED", "REJECTED"] } },
    select: { id: true },
  });
  return ids.filter((id) => rows.some((row) => row.id === id));
}

const COLUMNS = { address: "address_hash", domain: "domain_key", network: "network_hash" } as const;

/** All that the same limit holds back are tried again when it ends; the total's end is looked at before the others. */
async function postpone(tx: Tx, held: Held, { by, until }: Obstacle): Promise<"waits" | "full"> {
  if (by === "all") return "full";
  if (by === "share") {
    await tx.mail.update({ where: { id: held.id }, data: { notBefore: until }, select: { id: true } });
    return "waits";
  }
  const value = { address: held.addressHash, domain: held.domainKey, network: held.networkHash }[by];
  await tx.$executeRaw`
    UPDATE mail SET not_before = ${until} WHERE id IN (
      SELECT id FROM mail
      WHERE state = 'HELD' AND ${Prisma.raw(COLUMNS[by])} IS NOT DISTINCT FROM ${value} AND not_before < ${until}
        ${by === "network" ? Prisma.sql`AND unchecked` : Prisma.empty}
      ORDER BY id FOR UPDATE)`;
  return "waits";
}
