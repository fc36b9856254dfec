import { type Database, db, type Tx } from "@/lib/db/client";
import { TITLES, titleOf } from "@/lib/letters/titles";
import { decryptReason } from "@/lib/moderation/blocklist/encrypted-rule";
import { openContents } from "@/lib/objections/contents";
import type { Wanted } from "@/lib/retention/requests/request-name";
import { noteHidden } from "@/lib/signatures/erasure/note-hidden";
import type { ObjectionState, SuppressionReason } from "@/prisma/generated/enums";

/** What somebody objected to, as it is stored. */
export type OwnObjection = {
  id: string;
  slug: string;
  title: string;
  textLocale: string;
  /** The entry's, where the list shows it. */
  name: string | null;
  state: ObjectionState;
  email: string | null;
  comment: string | null;
  createdAt: Date;
  confirmedAt: Date | null;
  decidedAt: Date | null;
};

/** That an address gets no emails, and why. */
export type OwnSuppression = { reason: SuppressionReason; at: Date };

/** That the blocklist has a rule about the address, and why. */
export type OwnRule = { reason: string; at: Date };

/** What somebody objected to, as long as it is kept that it was them. */
export async function objectionsOf(wanted: Wanted, locale: string): Promise<OwnObjection[]> {
  const rows = await db.objection.findMany({
    where: objectedBy(wanted),
    orderBy: { id: "asc" },
    include: { signature: { select: { letter: { select: { slug: true, ...TITLES } } } } },
  });
  const listed = await db.publicSignatory.findMany({
    where: { signatureId: { in: rows.map(({ signatureId }) => signatureId) } },
    select: { signatureId: true, name: true },
  });
  return rows.map(({ signature: { letter }, ...row }) => {
    const { id, signatureId, state, createdAt, confirmedAt, decidedAt } = row;
    const { title, locale: textLocale } = titleOf(letter, locale);
    const written = openContents(row);
    return {
      ...{ id, state, createdAt, confirmedAt, decidedAt, slug: letter.slug, title, textLocale },
      name: listed.find((entry) => entry.signatureId === signatureId)?.name ?? null,
      email: written?.email ?? null,
      comment: written?.comment ?? null,
    };
  });
}

/**
 * Forgets who objected and what they wrote. That there was an objection stays: a moderator still decides, and
 * a name that it hides stays hidden until then. What nobody has confirmed goes altogether.
 * @returns how many
 */
export async function eraseObjections(tx: Tx, wanted: Wanted, only?: string): Promise<number> {
  const where = { ...objectedBy(wanted), ...(only && { id: only }) };
  const { count: unconfirmed } = await tx.objection.deleteMany({ where: { ...where, state: "UNCONFIRMED" } });
  const nobody = { contents: null, wrapped: null, addressHash: null, networkHash: null };
  const { count: others } = await tx.objection.updateMany({ where, data: nobody });
  if (unconfirmed + others > 0) await noteHidden(tx);
  return unconfirmed + others;
}

export const objectedBy = ({ addressHash }: Wanted) => ({ addressHash });

/** Why the address gets no emails, in any spelling of it that is known. */
export async function suppressionsOf(database: Database, wanted: Wanted): Promise<OwnSuppression[]> {
  return database.suppression.findMany({
    where: { spellingHash: { in: await spellingsOf(database, wanted) } },
    orderBy: { at: "asc" },
    select: { reason: true, at: true },
  });
}

/** The blocklist's rule about the address itself; none about its domain, which is no person's. */
export async function rulesOf(database: Database, { ruleHash }: Wanted): Promise<OwnRule[]> {
  const rows = await database.blockRule.findMany({ where: { patternHash: ruleHash } });
  return rows.map(({ reason, createdAt: at }) => ({ reason: decryptReason(reason), at }));
}

/** The hashes of its spellings: as it was asked for, the plain one, and those of its signatures. */
export async function spellingsOf(database: Database, wanted: Wanted): Promise<string[]> {
  const { addressHash, spellingHash } = wanted;
  const rows = await database.signature.findMany({
    where: { addressHash },
    distinct: "spellingHash",
    select: { spellingHash: true },
  });
  return [...new Set([spellingHash, addressHash, ...rows.flatMap((row) => row.spellingHash ?? [])])];
}
