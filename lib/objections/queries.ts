import type { Admin } from "@/lib/auth/admin";
import { assertMaySomewhere } from "@/lib/auth/assert-may";
import { lettersOf } from "@/lib/auth/letters-of";
import { letterTag } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { decryptDataKey } from "@/lib/encryption/keys";
import { hashToken } from "@/lib/encryption/tokens";
import { TITLES, titleOf } from "@/lib/letters/titles";
import { openContents } from "@/lib/objections/contents";
import { decisionTime } from "@/lib/objections/rules";
import { keptSince } from "@/lib/retention/rules";
import { hiddenEntry } from "@/lib/signatories/hiding/queries";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import { countryOf } from "@/lib/signatures/encrypted-origin";

/** An entry of the list, as the page about it shows it. */
export type ShownEntry = {
  letterId: string;
  signatureId: string;
  name: string;
  title: string | null;
  position: string | null;
  affiliation: string | null;
  country: string;
};

/** The entry that a list names; null where it does not show it any more. */
export async function entryOf(slug: string, entry: string): Promise<ShownEntry | null> {
  const letter = await db.letter.findUnique({ where: { slug }, select: { id: true } });
  if (!letter) return null;
  const [row] = await db.$queryRaw<ShownEntry[]>`
    SELECT p.letter_id::text AS "letterId", p.signature_id::text AS "signatureId", p.name, p.title, p.position, p.affiliation,
      p.country
    FROM public_signatory p WHERE p.id = ${entry}::uuid AND p.letter_id = ${letter.id}::uuid
      AND NOT ${hiddenEntry(letter.id)}`;
  return row ?? null;
}

/** What is behind the link that an objector was mailed. */
export type BehindObjection = {
  state: "ready" | "confirmed" | "unknown";
  title?: string;
  textLocale?: string;
};

/** Looks behind it. Changes nothing. */
export async function behindObjection(token: string, locale: string, now: Date): Promise<BehindObjection> {
  const row = await db.objection.findUnique({
    where: { tokenHash: hashToken(token) },
    select: { state: true, mailedAt: true, signature: { select: { letter: { select: TITLES } } } },
  });
  if (!row?.mailedAt || (row.state === "UNCONFIRMED" && row.mailedAt <= keptSince("link", now)))
    return { state: "unknown" };
  const { title, locale: textLocale } = titleOf(row.signature.letter, locale);
  return { state: row.state === "UNCONFIRMED" ? "ready" : "confirmed", title, textLocale };
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
      },
      distinct: ["signatureId", "state"],
      select: { state: true },
    });
    return { decided: rows.length, removed: rows.filter(({ state }) => state === "REMOVED").length };
  });

/** An objection that waits for a decision. */
export type OpenObjection = {
  id: string;
  signatureId: string;
  slug: string;
  title: string;
  textLocale: string;
  name: string | null;
  country: string;
  own: boolean;
  email: string | null;
  comment: string | null;
  confirmedAt: Date;
  dueAt: Date;
};

const MOST = 200;

/** The objections that wait, the oldest first. @throws DomainError `forbidden` */
export async function openObjections(admin: Admin, locale: string): Promise<OpenObjection[]> {
  assertMaySomewhere(admin, "signature.read");
  const rows = await db.objection.findMany({
    where: { state: "OPEN", signature: { letter: lettersOf(admin) } },
    orderBy: [{ own: "desc" }, { confirmedAt: "asc" }],
    take: MOST,
    include: {
      signature: {
        select: {
          key: { select: { wrapped: true } },
          signatory: { select: { typed: true, corrected: true, encryptedCountry: true } },
          letter: { select: { slug: true, ...TITLES } },
        },
      },
    },
  });
  return rows.map(({ signature: { key, signatory, letter }, ...row }) => {
    const { typed, corrected, encryptedCountry } = signatory;
    const opened = openContents(row);
    const { title, locale: textLocale } = titleOf(letter, locale);
    const confirmedAt = row.confirmedAt ?? row.createdAt;
    return {
      ...{ id: row.id, signatureId: row.signatureId, own: row.own, slug: letter.slug, title, textLocale },
      name:
        key && typed
          ? decryptSignatory(decryptDataKey(row.signatureId, key.wrapped), { typed, corrected }).name
          : null,
      country: countryOf(row.signatureId, key, encryptedCountry),
      email: opened?.email ?? null,
      comment: opened?.comment ?? null,
      confirmedAt,
      dueAt: decisionTime(confirmedAt),
    };
  });
}

/** How many wait for a decision of an administrator, and since when the oldest. */
export async function waitingObjections(admin: Admin): Promise<{ count: number; oldest: Date | null }> {
  const { _count, _min } = await db.objection.aggregate({
    where: { state: "OPEN", signature: { letter: lettersOf(admin) } },
    _count: true,
    _min: { confirmedAt: true },
  });
  return { count: _count, oldest: _min.confirmedAt };
}
