import { readMatchers } from "@/lib/blocking/queries";
import { findBlock } from "@/lib/blocking/rules";
import { db, type Tx } from "@/lib/db/client";
import { log } from "@/lib/log/log";
import { enqueueMail } from "@/lib/mail/outbox";
import { MAIL_LIMITS } from "@/lib/rate-limit/limits";
import { noteMail } from "@/lib/signatures/held-mail";
import {
  type Counted,
  networkKeyOf,
  nextMailTime,
  type Obstacle,
  takeMails,
  UNPROVEN_KEY,
} from "@/lib/signatures/mail-allowance";
import { queueConfirmation } from "@/lib/signatures/queue-confirmation";
import { windowStart } from "@/lib/signatures/rules";
import { openDataKey } from "@/lib/vault/keys";
import { open } from "@/lib/vault/seal";
import { Prisma } from "@/prisma/generated/client";

const BATCH = 100;
const TROUBLE_MS = 10 * 60_000;

/**
 * Lets held mails leave that the limits allow by now: those with a proof in the order in which they were held, the others
 * in turn among their networks, the least served first. What a limit is still against is tried again when it ends.
 * @returns how many left
 */
export async function releaseHeldMails({ now }: { now: Date }): Promise<number> {
  return (await releaseSome(await provenDue(now), now)) + (await releaseUnproven(now));
}

async function releaseUnproven(now: Date): Promise<number> {
  const all = await db.addressMail.findUnique({ where: { addressHash: UNPROVEN_KEY } });
  const [raise] = await db.mailRaise.findMany({ where: { key: UNPROVEN_KEY, until: { gt: now } } });
  const limit = { ...MAIL_LIMITS.unproven, ...(raise && { count: raise.count }) };
  if (nextMailTime(all?.sentAt ?? [], limit) > now) return 0;
  return releaseSome(await unprovenDue(now), now);
}

const provenDue = (now: Date) => db.$queryRaw<{ id: string }[]>`
  SELECT signature_id::text AS id FROM mail WHERE state = 'HELD' AND NOT unproven AND not_before <= ${now}
  ORDER BY queued_at, signature_id LIMIT ${BATCH}`;

/** Round by round, one of each network: those that were served in the last hour begin as many rounds later. */
const unprovenDue = (now: Date) => db.$queryRaw<{ id: string }[]>`
  WITH due AS (SELECT * FROM mail WHERE state = 'HELD' AND unproven AND not_before <= ${now}),
  network AS (
    SELECT n.hash, (SELECT count(*) FROM address_mail m, unnest(m.sent_at) t
      WHERE m.address_hash = ${networkKeyOf("")} || COALESCE(n.hash, 'unknown')
        AND t > ${windowStart(MAIL_LIMITS.unprovenNetwork, now)}) AS served
    FROM (SELECT DISTINCT network_hash AS hash FROM due) n)
  SELECT d.signature_id::text AS id FROM due d JOIN network n ON n.hash IS NOT DISTINCT FROM d.network_hash
  ORDER BY n.served + row_number() OVER (PARTITION BY d.network_hash ORDER BY d.queued_at, d.signature_id), d.queued_at,
    d.signature_id
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

/** What cannot be released is left alone for a while: one signature's trouble is not the others'. */
async function passOver(id: string, error: unknown, now: Date): Promise<"waits"> {
  const notBefore = new Date(now.getTime() + TROUBLE_MS);
  await db.mail.updateMany({ where: { signatureId: id, state: "HELD" }, data: { notBefore } });
  log.error("a held mail could not be released", error, { signature: id });
  return "waits";
}

type Held = Counted & {
  state: string;
  quarantine: string | null;
  address: string | null;
  lapsesAt: Date;
  wrapped: string | null;
};

async function release(tx: Tx, id: string, now: Date): Promise<"left" | "waits" | "full" | "gone"> {
  const [held] = await tx.$queryRaw<Held[]>`
    SELECT h.address_hash AS "addressHash", h.domain_key AS "domainKey", h.network_hash AS "networkHash", h.unproven,
      s.state::text, s.quarantine::text, s.address, s.lapses_at AS "lapsesAt", k.wrapped
    FROM mail h JOIN signature s ON s.id = h.signature_id LEFT JOIN signature_key k ON k.signature_id = s.id
    WHERE h.signature_id = ${id}::uuid AND h.state = 'HELD' AND h.not_before <= ${now} FOR UPDATE OF s SKIP LOCKED`;
  if (!held) return "gone";
  const wanted = await isWanted(held, id, now);
  const obstacle = wanted && (await takeMails(tx, held, now));
  if (obstacle) return postpone(tx, held, obstacle);
  if (!wanted) {
    await tx.mail.deleteMany({ where: { signatureId: id, state: "HELD" } });
    return "gone";
  }
  await noteMail(tx, id, now);
  await queue(tx, id, held, now);
  return "left";
}

/** Whether there is something to say still, and to somebody whom no rule keeps from getting mail. */
async function isWanted({ state, wrapped, lapsesAt, quarantine, address }: Held, id: string, now: Date) {
  if (!wrapped || !address || (state === "PENDING" && lapsesAt <= now)) return false;
  if (quarantine !== "BLOCKED") return state !== "WITHDRAWN" && state !== "EXPIRED";
  const email = open(openDataKey(id, wrapped), "signature.address", address);
  // A rule that names a network alone keeps no mail from its people; of the others, whoever removes the rule sends it.
  return findBlock(await readMatchers(db), { email, network: null }) === null;
}

async function queue(tx: Tx, id: string, { state, wrapped, unproven }: Held, now: Date): Promise<void> {
  if (state === "PENDING")
    await queueConfirmation(tx, id, openDataKey(id, wrapped ?? ""), { startAfter: now, unproven });
  else await enqueueMail(tx, { message: "signature-standing", signatureId: id }, { unproven });
}

const COLUMNS = { address: "address_hash", domain: "domain_key", network: "network_hash" } as const;

/** All that the same limit holds back are tried again when it ends; the total's end is looked at before the others. */
async function postpone(tx: Tx, held: Held, { by, until }: Obstacle): Promise<"waits" | "full"> {
  if (by === "all") return "full";
  const value = { address: held.addressHash, domain: held.domainKey, network: held.networkHash }[by];
  await tx.$executeRaw`
    UPDATE mail SET not_before = ${until} WHERE id IN (
      SELECT id FROM mail
      WHERE state = 'HELD' AND ${Prisma.raw(COLUMNS[by])} IS NOT DISTINCT FROM ${value} AND not_before < ${until}
        ${by === "network" ? Prisma.sql`AND unproven` : Prisma.empty}
      ORDER BY id FOR UPDATE)`;
  return "waits";
}
