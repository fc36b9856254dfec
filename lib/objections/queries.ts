import type { Admin } from "@/lib/auth/admin";
import { assertMaySomewhere } from "@/lib/auth/assert-may";
import { inTheirLetters } from "@/lib/auth/letters-of";
import { letterTag } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { decryptDataKey } from "@/lib/encryption/keys";
import { hashToken } from "@/lib/encryption/tokens";
import { letterStatus } from "@/lib/letters/rules";
import { TITLES, titleOf } from "@/lib/letters/titles";
import { openContents, wordsHash } from "@/lib/objections/contents";
import { decisionTime, linkEnds, outcomeOf } from "@/lib/objections/rules";
import { hiddenEntry } from "@/lib/signatories/hiding/queries";
import { shownAmong, shownSignatory } from "@/lib/signatories/shown-signatory";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import { countryOf } from "@/lib/signatures/encrypted-origin";
import { Prisma } from "@/prisma/generated/client";

/** An entry of the list, as the page about it shows it. */
export type ShownEntry = {
  letterId: string;
  signatureId: string;
  name: string;
  title: string | null;
  position: string | null;
  affiliation: string | null;
  country: string;
  /** Whether a moderator has kept it after a report: then none hides it at once. */
  kept: boolean;
};

/** The entry that a list names; null where it does not show it any more. */
export async function entryOf(slug: string, entry: string): Promise<ShownEntry | null> {
  const letter = await db.letter.findUnique({ where: { slug }, select: { id: true } });
  if (!letter) return null;
  const [row] = await db.$queryRaw<ShownEntry[]>`
    SELECT p.letter_id::text AS "letterId", p.signature_id::text AS "signatureId", p.name, p.title, p.position, p.affiliation,
      p.country,
      EXISTS (SELECT FROM objection o WHERE o.signature_id = p.signature_id AND o.state = 'KEPT') AS kept
    FROM public_signatory p WHERE p.id = ${entry}::uuid AND p.letter_id = ${letter.id}::uuid
      AND NOT ${hiddenEntry(letter.id)}`;
  return row ?? null;
}

/** What is behind the link that an objector was mailed. */
export type BehindObjection = {
  state: "ready" | "confirmed" | "decided" | "unknown";
  title?: string;
  textLocale?: string;
  slug?: string;
  /** Where it is decided: what the mail about it says. */
  outcome?: ReturnType<typeof outcomeOf>;
  /** Before it is confirmed: the entry, where the list shows it, and what was written to the moderators. */
  name?: string;
  comment?: string | null;
  /** Goes back with the confirmation, which is of these words alone. */
  words?: string;
  /** While it waits: whether the list does not show the entry, whatever the reason. */
  gone?: boolean;
};

/** Looks behind it. Changes nothing. */
export async function behindObjection(token: string, locale: string, now: Date): Promise<BehindObjection> {
  const row = await db.objection.findUnique({
    where: { tokenHash: hashToken(token) },
    include: { signature: { select: { letter: { select: { slug: true, ...TITLES } } } } },
  });
  if (!row || (row.state === "UNCONFIRMED" && linkEnds(row) <= now)) return { state: "unknown" };
  const { title, locale: textLocale } = titleOf(row.signature.letter, locale);
  const shown = await shownSignatory(row.signatureId);
  if (row.state !== "UNCONFIRMED") {
    const waits = row.state === "OPEN" || (row.answerAt !== null && row.answerAt > now);
    if (waits) return { state: "confirmed", title, textLocale, gone: !shown };
    const { slug } = row.signature.letter;
    return { state: "decided", title, textLocale, slug, outcome: outcomeOf(row) };
  }
  const name = shown?.name;
  const opened = openContents(row);
  const written = opened && { comment: opened.comment, words: wordsHash(opened) };
  return { state: "ready", title, textLocale, name, ...written };
}

/** Whether a token is that of an objection's link, whatever has become of it. */
export const isObjectionLink = async (token: string) =>
  (await db.objection.count({ where: { tokenHash: hashToken(token) } })) > 0;

/** How many objections to a letter's entries were decided, and how many entries were removed: public numbers. */
export const decidedObjections = (slug: string): Promise<{ decided: number; removed: number }> =>
  cache.remember(`objections:${slug}`, async (scope) => {
    scope.dependsOn([letterTag(slug)]);
    const letter = await db.letter.findUnique({ where: { slug }, select: { id: true } });
    const rows = await db.objection.findMany({
      where: {
        letterId: letter?.id ?? "00000000-0000-0000-0000-000000000000",
        state: { in: ["REMOVED", "KEPT"] },
        // What the list did not show is not counted: it would tell a withdrawn entry from a hidden one.
        OR: [{ answerAt: null }, { answerAt: { lte: db.objection.fields.decidedAt } }],
      },
      distinct: ["signatureId", "state"],
      select: { state: true },
    });
    return { decided: rows.length, removed: rows.filter(({ state }) => state === "REMOVED").length };
  });

/** An entry that somebody objects to, and that waits for a decision. */
export type ObjectedEntry = {
  /** Any of its objections: they are decided together. */
  id: string;
  signatureId: string;
  slug: string;
  title: string;
  textLocale: string;
  name: string | null;
  country: string;
  own: boolean;
  /** Whether readers see it. */
  listed: boolean;
  /** How many object, and what the first of them wrote. */
  count: number;
  written: { id: string; email: string; comment: string | null }[];
  /** The first one. */
  confirmedAt: Date;
  dueAt: Date;
};

/** That there is still something to decide about an objection `o`: its entry counts, and what it shows is not erased. */
export const DECIDABLE = Prisma.sql`EXISTS (SELECT FROM signature g JOIN signatory s ON s.id = g.signatory_id
  JOIN signature_key k ON k.signature_id = g.id
  WHERE g.id = o.signature_id AND g.state = 'APPROVED' AND s.typed IS NOT NULL)`;

const MOST = 200;
const MOST_WRITTEN = 3;

const TIMES = { opensAt: true, closesAt: true, unpublishedAt: true } as const;

type Group = { signatureId: string; count: number; own: boolean; confirmedAt: Date; ids: string[] };

/**
 * The entries that somebody objects to, hidden ones first, then the oldest: one that a thousand object to is one decision.
 * @throws DomainError `forbidden`
 */
export async function objectedEntries(admin: Admin, locale: string, now: Date): Promise<ObjectedEntry[]> {
  assertMaySomewhere(admin, "signature.read");
  const groups = await db.$queryRaw<Group[]>`
    SELECT o.signature_id::text AS "signatureId", count(*)::int AS count, bool_or(o.own) AS own,
      min(COALESCE(o.confirmed_at, o.created_at)) AS "confirmedAt",
      (array_agg(o.id::text ORDER BY o.own DESC, o.confirmed_at, o.id))[1:${MOST_WRITTEN}] AS ids
    FROM objection o WHERE o.state = 'OPEN' AND ${DECIDABLE} AND ${inTheirLetters(admin, Prisma.sql`o.letter_id`)}
    GROUP BY o.signature_id ORDER BY bool_or(o.own) DESC, "confirmedAt", o.signature_id LIMIT ${MOST}`;
  const signatureIds = groups.map(({ signatureId }) => signatureId);
  const shown = await shownAmong(db, signatureIds);
  const signatures = await db.signature.findMany({
    where: { id: { in: signatureIds } },
    select: {
      id: true,
      key: { select: { wrapped: true } },
      signatory: { select: { typed: true, corrected: true, encryptedCountry: true } },
      letter: { select: { slug: true, ...TITLES, ...TIMES } },
    },
  });
  const first = await db.objection.findMany({ where: { id: { in: groups.flatMap(({ ids }) => ids) } } });
  return groups.flatMap(({ ids, ...group }) => {
    const signature = signatures.find((one) => one.id === group.signatureId);
    const [id] = ids;
    if (!signature || !id) return [];
    const { key, signatory, letter } = signature;
    const { typed, corrected, encryptedCountry } = signatory;
    const { title, locale: textLocale } = titleOf(letter, locale);
    const status = letterStatus(letter, now);
    const isRead = status === "open" || status === "closed";
    const written = ids.flatMap((one) => {
      const row = first.find((objection) => objection.id === one);
      const opened = row && openContents(row);
      return opened ? [{ id: one, email: opened.email, comment: opened.comment }] : [];
    });
    return [
      {
        ...{ id, ...group, written, slug: letter.slug, title, textLocale },
        name:
          key && typed
            ? decryptSignatory(decryptDataKey(signature.id, key.wrapped), { typed, corrected }).name
            : null,
        listed: isRead && shown.has(signature.id),
        country: countryOf(signature.id, key, encryptedCountry),
        dueAt: decisionTime(group.confirmedAt),
      },
    ];
  });
}

/** How many entries wait for a decision of an administrator about objections, and since when the oldest. */
export async function waitingObjections(admin: Admin): Promise<{ count: number; oldest: Date | null }> {
  const [row] = await db.$queryRaw<{ count: number; oldest: Date | null }[]>`
    SELECT count(DISTINCT o.signature_id)::int AS count, min(o.confirmed_at) AS oldest
    FROM objection o WHERE o.state = 'OPEN' AND ${DECIDABLE} AND ${inTheirLetters(admin, Prisma.sql`o.letter_id`)}`;
  return row ?? { count: 0, oldest: null };
}
