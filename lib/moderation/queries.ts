import type { Admin } from "@/lib/auth/admin";
import { assertMaySomewhere } from "@/lib/auth/assert-may";
import { ofTheirLetters } from "@/lib/auth/letters-of";
import { can } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { decryptDataKey } from "@/lib/encryption/keys";
import { type Match, type QueuePlace, readMatches } from "@/lib/moderation/filters/read-matches";
import type { Filters } from "@/lib/moderation/filters/rules";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import { decryptCountry } from "@/lib/signatures/encrypted-origin";

/** The states of the signatures that have a page of their own: confirmed ones, with a person behind them. */
export const LISTED_STATES = ["VERIFIED", "APPROVED", "REJECTED"] as const;

export type ListedState = (typeof LISTED_STATES)[number];

export type QueueLine = Pick<
  Match,
  "id" | "state" | "visibility" | "concealed" | "at" | "flags" | "hold" | "slug" | "kind" | "expert"
> & { name: string; affiliation: string | null; country: string };

const PAGE = 50;

/**
 * A page of the signatures that filters match. Unconfirmed ones are shown only to those who may take many at once out.
 * @param after the last line of the page before
 * @returns the lines and, where more follow, the place to go on after; null where there are too many to look for a text in
 */
export async function listSignatures(
  admin: Admin,
  filters: Filters,
  after?: QueuePlace,
): Promise<{ lines: QueueLine[]; next: QueuePlace | null } | null> {
  assertMaySomewhere(admin, "signature.read");
  const shown = seenBy(admin, filters);
  const matches = await readMatches(shown, { after, wanted: PAGE + 1 });
  if (!matches) return null;
  const lines = matches.slice(0, PAGE).map(toLine);
  const last = lines.at(-1);
  return { lines, next: matches.length > PAGE && last ? { at: last.at, id: last.id } : null };
}

/** Of their letters; what is not confirmed may be a stranger's invention. */
const seenBy = (admin: Admin, filters: Filters): Filters => ({
  ...filters,
  within: admin.letters,
  views: filters.views.filter((view) => view !== "PENDING" || can(admin.role, "bulk.run")),
});

/** The slug of a signature's letter, for those who have its id alone; null where its page would show nothing. */
export async function letterOfSignature(admin: Admin, id: string): Promise<string | null> {
  assertMaySomewhere(admin, "signature.read");
  const row = await db.signature.findFirst({
    where: { id, state: { in: [...LISTED_STATES] }, ...ofTheirLetters(admin) },
    select: { letter: { select: { slug: true } } },
  });
  return row?.letter.slug ?? null;
}

/** Opens what a list shows of a signature. */
export function toLine({
  wrapped,
  typed,
  corrected,
  comment: _,
  encryptedCountry,
  ...row
}: Match): QueueLine {
  const key = decryptDataKey(row.id, wrapped);
  const { name, affiliation } = decryptSignatory(key, { typed, corrected });
  return { ...row, name, affiliation, country: decryptCountry(key, encryptedCountry) };
}

/**
 * The signature that follows one in a list.
 * @returns the first of the list where none follows, which is said; null where there is no other
 */
export async function nextWaiting(
  admin: Admin,
  id: string,
  filters: Filters,
): Promise<{ id: string; slug: string; isFirst: boolean } | null> {
  assertMaySomewhere(admin, "signature.read");
  const row = await db.signature.findUnique({
    where: { id, ...ofTheirLetters(admin) },
    select: { verifiedAt: true },
  });
  const shown = seenBy(admin, filters);
  const place = row?.verifiedAt ? { at: row.verifiedAt, id } : undefined;
  for (const after of place ? [place, undefined] : [undefined]) {
    const matches = await readMatches(shown, { after, wanted: 2 });
    const next = matches?.find((match) => match.id !== id);
    if (next) return { id: next.id, slug: next.slug, isFirst: !after };
  }
  return null;
}
