import { writeAudits } from "@/lib/audit/write-audit";
import { countBounced } from "@/lib/counts/statistics/count-events";
import { type Database, db, type Tx } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { isKeptFrom } from "@/lib/mail/rules";
import { spellingHash } from "@/lib/signatures/claim";
import type { SuppressionReason } from "@/prisma/generated/enums";

export const BOUNCED_FLAG = "bounced";

const ACTIONS = {
  BOUNCED: "signature.bounce",
  COMPLAINED: "signature.complain",
  STOPPED: "signature.stop-emails",
} as const;

/**
 * Why a spelling of an address gets no mail, and since when; null where it does. Of several reasons the one that keeps
 * most from it.
 */
export async function suppressionOf(
  spelling: string,
): Promise<{ reason: SuppressionReason; at: Date } | null> {
  // In the order of the enumeration: bounces first.
  return db.suppression.findFirst({
    where: { spellingHash: spelling },
    orderBy: { reason: "asc" },
    select: { reason: true, at: true },
  });
}

export async function isSuppressed(database: Database, spelling: string, message: string): Promise<boolean> {
  const rows = await database.suppression.findMany({
    where: { spellingHash: spelling },
    select: { reason: true },
  });
  return rows.some(({ reason }) => isKeptFrom(reason, message));
}

/** The hash of the spelling that a signature's mails go to; null where its person was erased. */
export async function spellingOf(database: Database, signatureId: string): Promise<string | null> {
  const row = await database.signature.findUnique({
    where: { id: signatureId },
    select: { spellingHash: true, address: true, key: { select: { wrapped: true } } },
  });
  if (row?.spellingHash || !row?.address || !row.key) return row?.spellingHash ?? null;
  // From before spellings were kept.
  return spellingHash(
    decrypt(decryptDataKey(signatureId, row.key.wrapped), "signature.address", row.address),
  );
}

export type Reported = Exclude<SuppressionReason, "STOPPED">;

/**
 * Sends no more mail to a spelling of an address, until that is over (`suppressionEnds`) or an administrator allows it:
 * other spellings may be somebody else's. One that bounced is flagged on all its signatures, also those still to come, so
 * that moderators see it. Doing it again flags nothing twice.
 */
export async function suppress(tx: Tx, spelling: string, reason: SuppressionReason, at: Date): Promise<void> {
  await lockSpellings(tx, [spelling]);
  const isNew = await store(tx, spelling, reason, at);
  const marked = reason === "BOUNCED" ? await flagBounced(tx, spelling) : [];
  await countBounced(
    tx,
    marked.map(({ letterId }) => letterId),
  );
  const concerned = reason !== "BOUNCED" && isNew ? await signaturesOf(tx, spelling) : marked;
  const actor = reason === "STOPPED" ? "SIGNATORY" : "SYSTEM";
  await writeAudits(
    tx,
    concerned.map(({ id, letterId }) => ({ at, actor, action: ACTIONS[reason], letterId, signatureId: id })),
  );
}

/** @returns whether it is new */
async function store(tx: Tx, spelling: string, reason: SuppressionReason, at: Date): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ isNew: boolean }[]>`
    INSERT INTO suppression (spelling_hash, reason, at) VALUES (${spelling}, ${reason}::"SuppressionReason", ${at})
    ON CONFLICT (spelling_hash, reason) DO UPDATE SET at = EXCLUDED.at
    RETURNING xmax = 0 AS "isNew"`;
  return row?.isNew ?? false;
}

type Concerned = { id: string; letterId: string };

const signaturesOf = (tx: Tx, spelling: string): Promise<Concerned[]> =>
  tx.signature.findMany({ where: { spellingHash: spelling }, select: { id: true, letterId: true } });

const flagBounced = (tx: Tx, spelling: string) => tx.$queryRaw<Concerned[]>`
  UPDATE signature SET flags = array_append(flags, ${BOUNCED_FLAG})
  WHERE spelling_hash = ${spelling} AND NOT flags @> ARRAY[${BOUNCED_FLAG}]
  RETURNING id::text, letter_id::text AS "letterId"`;

/** Locks the signatures of spellings in the order in which all are locked, before their mails and suppressions. */
export async function lockSpellings(tx: Tx, spellings: string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM signature WHERE spelling_hash = ANY(${spellings}::text[]) ORDER BY id FOR UPDATE`;
}
