import { type Admin, decryptAdminAddress } from "@/lib/auth/admin";
import { assertMaySomewhere } from "@/lib/auth/assert-may";
import { lettersOf } from "@/lib/auth/letters-of";
import { db } from "@/lib/db/client";
import { foldName } from "@/lib/fields/names/rules";
import { TITLES, titleOf } from "@/lib/letters/titles";

import { decryptWatchlistName } from "@/lib/moderation/watchlist/encrypted-name";

/** An entry of a watchlist as administrators see it. */
type WatchedLine = { id: string; name: string; note: string | null; by: string; createdAt: Date };

export type LetterWatchlist = {
  letterId: string;
  slug: string;
  title: string;
  textLocale: string;
  names: WatchedLine[];
};

/** The watchlists of all letters, newest letter first. @param locale of the letters' titles, where they have it */
export async function watchlists(admin: Admin, locale: string): Promise<LetterWatchlist[]> {
  assertMaySomewhere(admin, "watchlist.read");
  const letters = await db.letter.findMany({
    where: lettersOf(admin),
    orderBy: { id: "desc" },
    select: LETTER,
  });
  return letters.map(({ id, slug, watched, ...letter }) => {
    const { title, locale: textLocale } = titleOf(letter, locale);
    const names = watched
      .map(({ admin: maker, ...row }) => ({
        ...row,
        ...decryptWatchlistName(row),
        by: decryptAdminAddress(maker.address),
      }))
      .sort((one, other) => (foldName(one.name) < foldName(other.name) ? -1 : 1));
    return { letterId: id, slug, title, textLocale, names };
  });
}

const LETTER = {
  id: true,
  slug: true,
  ...TITLES,
  watched: {
    select: { id: true, name: true, note: true, createdAt: true, admin: { select: { address: true } } },
  },
} as const;
