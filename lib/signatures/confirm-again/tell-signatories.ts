import { db, type Tx } from "@/lib/db/client";
import { enqueueMails, type SignatureMessage } from "@/lib/mail/outbox";
import { type NewestChange, newestChanges } from "@/lib/signatures/confirm-again/newest-changes";
import { concernOf, remindsFrom } from "@/lib/signatures/confirm-again/rules";
import { lockSignatures } from "@/lib/signatures/engine/subject";
import { Prisma } from "@/prisma/generated/client";

const BATCH = 200;
/** So many of these emails may wait in the outbox: others pass them, and a provider is not flooded. */
const MOST_WAITING = 2_000;

/** What is sent about a new text; each is written when it leaves, about the newest text then. */
export const TEXT_MESSAGES = [
  "text-changed",
  "text-confirm",
  "text-reminder",
] as const satisfies SignatureMessage[];

/**
 * Tells a batch of earlier signatories of a new version, by email where it concerns them, and notes that they were told in
 * the same transaction: even if a worker dies and another goes on, each gets one email.
 * @returns how many were told; call again until none is
 */
export const tellSignatories = (now: Date) => eachLetter(now, (tx, change) => tell(tx, change, now));

/** The same for reminding those once who were asked and have not answered. */
export const remindSignatories = (now: Date) =>
  eachLetter(now, async (tx, change) => {
    if (!isTimeToRemind(change, now)) return 0;
    const { letterId, number } = change;
    const found = await lockNext(
      tx,
      Prisma.sql`g.letter_id = ${letterId}::uuid AND g.told_version = ${number} AND g.reminded_version < ${number}`,
    );
    const unanswered = found.filter(
      ({ signed, earlier }) => change.sizes.get(signed) === "LARGE" && !earlier,
    );
    await queue(
      tx,
      unanswered.map(({ id }) => ({ id, message: "text-reminder" })),
    );
    await note(tx, found, { reminded: number });
    return found.length;
  });

async function eachLetter(
  now: Date,
  work: (tx: Tx, change: NewestChange) => Promise<number>,
): Promise<number> {
  for (const change of await newestChanges(db, now)) {
    const done = await db.$transaction(async (tx) => ((await hasRoom(tx)) ? work(tx, change) : 0));
    if (done > 0) return done;
  }
  return 0;
}

async function tell(tx: Tx, change: NewestChange, now: Date): Promise<number> {
  const { letterId, number, sizes } = change;
  const found = await lockNext(
    tx,
    Prisma.sql`g.letter_id = ${letterId}::uuid AND g.told_version < ${number}`,
  );
  const told = await sizesTold(tx, letterId);
  const mails = found.flatMap(({ id, signed, told: last, earlier, waiting }) => {
    const concern = concernOf({
      sinceSigned: sizes.get(signed) ?? "NONE",
      sinceTold: sizes.get(last) ?? "NONE",
      toldSinceSigned: told.get(`${last} ${signed}`) ?? "NONE",
      earlier,
    });
    // One that has not been written yet will be about this version.
    if (waiting || (concern !== "told" && concern !== "asked")) return [];
    const message: SignatureMessage = concern === "asked" ? "text-confirm" : "text-changed";
    return [{ id, message }];
  });
  await queue(tx, mails);
  // Who is asked so late needs no reminder soon after.
  await note(tx, found, { told: number, ...(isTimeToRemind(change, now) && { reminded: number }) });
  return found.length;
}

const isTimeToRemind = ({ answerBy, tellsFrom }: NewestChange, now: Date) =>
  answerBy !== null && remindsFrom({ answerBy, tellsFrom }) <= now && now < answerBy;

async function hasRoom(tx: Tx): Promise<boolean> {
  const waiting = await tx.mail.count({ where: { state: "WAITING", message: { in: [...TEXT_MESSAGES] } } });
  return waiting < MOST_WAITING;
}

type Concerned = {
  id: string;
  /** The numbers of the version that was signed, and of the last that was told. */
  signed: number;
  told: number;
  earlier: boolean;
  /** Whether an email about an earlier new text has not been written yet. */
  waiting: boolean;
};

/** Locks the next confirmed signatures of a kind, which no other worker has. */
async function lockNext(tx: Tx, which: Prisma.Sql): Promise<Concerned[]> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT g.id::text FROM signature g WHERE ${which} AND g.state IN ('VERIFIED', 'APPROVED')
    ORDER BY g.told_version, g.reminded_version, g.id LIMIT ${BATCH}`;
  const ids = found.map(({ id }) => id);
  await lockSignatures(tx, ids);
  // Read afresh: what was told, withdrawn or confirmed again while we waited is left alone.
  return tx.$queryRaw<Concerned[]>`
    SELECT g.id::text, v.number AS signed, g.told_version AS told, g.earlier, EXISTS (
      SELECT FROM mail m WHERE m.signature_id = g.id AND m.state = 'WAITING' AND m.rendered IS NULL
        AND m.message = ANY(${[...TEXT_MESSAGES]}::text[])) AS waiting
    FROM signature g JOIN letter_version v ON v.id = g.letter_version_id
    WHERE g.id = ANY(${ids}::uuid[]) AND ${which} AND g.state IN ('VERIFIED', 'APPROVED') ORDER BY g.id`;
}

const queue = (tx: Tx, mails: { id: string; message: SignatureMessage }[]) =>
  enqueueMails(
    tx,
    mails.map(({ id, message }) => ({ mail: { message, signatureId: id } })),
  );

async function note(tx: Tx, found: Concerned[], { told, reminded }: { told?: number; reminded?: number }) {
  const ids = found.map(({ id }) => id);
  await tx.signature.updateMany({
    where: { id: { in: ids } },
    data: { toldVersion: told, remindedVersion: reminded },
  });
}

/** How much each version changes against the earlier ones, by both numbers. */
async function sizesTold(tx: Tx, letterId: string) {
  const rows = await tx.versionChange.findMany({
    where: { version: { letterId } },
    select: { size: true, version: { select: { number: true } }, since: { select: { number: true } } },
  });
  return new Map(rows.map(({ size, version, since }) => [`${version.number} ${since.number}`, size]));
}
