import { letterTag } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { letterBySlug, letterIdOf, type StoredLetter } from "@/lib/letters/queries";
import { hiddenCountries } from "@/lib/signatories/hiding/queries";
import { hides } from "@/lib/signatories/hiding/rules";
import type { ListFilter } from "@/lib/signatories/list-order";
import {
  countEarlier,
  type ListPart,
  type ListStart,
  type PublicSignatory,
  readPinned,
  readPublicList,
} from "@/lib/signatories/public-list";
import { type SearchPart, type SearchPlace, searchList } from "@/lib/signatories/search-list";
import { readWithdrawals, type Withdrawal } from "@/lib/signatories/withdrawals";
import { isPressed } from "@/lib/signatures/suspicion";
import type { SignatoryKind } from "@/prisma/generated/enums";

/** How many public signatories of each kind and country there are, by the kept counts. */
type PublicCount = { kind: SignatoryKind; country: string; count: number; experts: number };

/** For how long a form says what it last knew of its letter's pressure, in milliseconds. */
const PRESSURE_MS = 20_000;

/** A part of a letter's public list; null where there is no such letter. Costs no query until something changes. */
export const publicList = (slug: string, filter: ListFilter, start: ListStart, limit: number) =>
  ofLetter<ListPart>(slug, ["list", filter, start, limit], ({ id, listOrder }) =>
    readPublicList(db, id, filter, { ...start, by: listOrder }, limit),
  );

/** Those whom its page names first; null where there is no such letter. */
export const pinnedSignatories = (slug: string) =>
  ofLetter(slug, ["pinned"], async ({ id }) => ({ signatories: await readPinned(db, id) }));

/** A part of what a search in it finds; null where there is no such letter. */
export const publicSearch = (
  slug: string,
  filter: ListFilter,
  start: { after?: SearchPlace; offset?: number },
  limit: number,
) =>
  ofLetter<SearchPart>(slug, ["search", filter, start, limit], ({ id }) =>
    searchList(db, id, filter, start, limit),
  );

function ofLetter<T extends { signatories: PublicSignatory[] }>(
  slug: string,
  key: unknown[],
  read: (letter: StoredLetter) => Promise<T>,
): Promise<T | null> {
  return cache.remember(`list:${slug}:${JSON.stringify(key)}`, async (scope) => {
    scope.dependsOn([letterTag(slug)]);
    const letter = await letterBySlug(db, slug);
    const part = letter && (await read(letter));
    if (!part) return part;
    const hidden = await hiddenOf(letter.id);
    // Nobody whom the organiser hides, whatever they agreed to.
    const isShown = ({ country }: PublicSignatory) =>
      letter.representativesShown && !hides(hidden, { kind: "INDIVIDUAL", country });
    const signatories = part.signatories.map((one) =>
      isShown(one) ? one : { ...one, representative: null },
    );
    return { ...part, signatories };
  });
}

const hiddenOf = async (letterId: string) => (await hiddenCountries(db, [letterId])).get(letterId) ?? [];

/** Those who have withdrawn and want it to be read, but for whom the organiser hides; none where the letter has no such lines. */
export const withdrawals = (slug: string): Promise<Withdrawal[]> =>
  cache.remember(`withdrawals:${slug}`, async (scope) => {
    scope.dependsOn([letterTag(slug)]);
    const letter = await letterBySlug(db, slug);
    const hidden = letter ? await hiddenOf(letter.id) : [];
    const lines = await readWithdrawals(db, slug);
    return lines.flatMap(({ name, day, ...of }) => (hides(hidden, of) ? [] : [{ name, day }]));
  });

/** The numbers of a letter's public signatories, for filters and pages: withheld ones are not among them. */
export function publicCounts(slug: string): Promise<PublicCount[]> {
  return cache.remember(`public-counts:${slug}`, async (scope) => {
    scope.dependsOn([letterTag(slug)]);
    const letterId = await letterIdOf(db, slug);
    if (!letterId) return [];
    const hidden = await hiddenOf(letterId);
    const rows = await db.letterTally.findMany({
      where: { letterId },
      select: {
        kind: true,
        country: true,
        approved: true,
        withheld: true,
        experts: true,
        withheldExperts: true,
      },
    });
    const counts = rows.map(({ kind, country, approved, withheld, experts, withheldExperts }) => ({
      kind,
      country,
      count: approved - withheld,
      experts: experts - withheldExperts,
    }));
    // Hidden ones count as shown until their rows are gone.
    return counts.filter((row) => row.count > 0 && !hides(hidden, row));
  });
}

/** The same numbers of those who signed an earlier version and not the newest. */
export const earlierPublicCounts = (slug: string): Promise<PublicCount[]> =>
  cache.remember(`earlier-counts:${slug}`, async (scope) => {
    scope.dependsOn([letterTag(slug)]);
    const letterId = await letterIdOf(db, slug);
    return letterId ? countEarlier(db, letterId) : [];
  });

/**
 * Whether a letter's signings need a proof of work at present, so that a browser can begin with it while somebody types.
 * Of the visitor's own network it says nothing, because the form is the same for everybody: there the server asks back.
 */
export function proofOfWorkWanted({ id, slug }: { id: string; slug: string }): Promise<boolean> {
  return cache.remember(`proof-of-work-wanted:${slug}`, async (scope) => {
    scope.dependsOn([letterTag(slug)]);
    scope.until(Date.now() + PRESSURE_MS);
    return isPressed(id);
  });
}
