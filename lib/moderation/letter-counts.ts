import type { Admin } from "@/lib/auth/admin";
import { assertMaySomewhere } from "@/lib/auth/assert-may";
import { lettersOf } from "@/lib/auth/letters-of";
import { standingCounts } from "@/lib/counts/standing-counts";
import { db } from "@/lib/db/client";
import { TITLES, titleOf } from "@/lib/letters/titles";
import type { View } from "@/lib/moderation/filters/rules";

/** A letter, and how many of its signatures are in each list. */
export type LetterCounts = {
  id: string;
  slug: string;
  title: string;
  textLocale: string;
  counts: Record<View, number>;
};

/** Their letters, newest first, with the kept counts of their lists. @throws DomainError `forbidden` */
export async function letterCounts(admin: Admin, locale: string): Promise<LetterCounts[]> {
  assertMaySomewhere(admin, "letter.read");
  const select = { id: true, slug: true, ...TITLES } as const;
  const letters = await db.letter.findMany({ where: lettersOf(admin), orderBy: { id: "desc" }, select });
  const standing = await standingCounts();
  return letters.map((letter) => {
    const { title, locale: textLocale } = titleOf(letter, locale);
    const counts = { VERIFIED: 0, HOLD: 0, APPROVED: 0, REJECTED: 0, PENDING: 0 };
    for (const { letterId, state, hold, count } of standing) {
      const view = state === "VERIFIED" && hold ? "HOLD" : state;
      if (letterId === letter.id && view in counts) counts[view as View] += count;
    }
    return { id: letter.id, slug: letter.slug, title, textLocale, counts };
  });
}

/** The counts of some letters together. */
export function addUp(letters: LetterCounts[]): Record<View, number> {
  const sum = (view: View) => letters.reduce((all, { counts }) => all + counts[view], 0);
  return {
    VERIFIED: sum("VERIFIED"),
    HOLD: sum("HOLD"),
    APPROVED: sum("APPROVED"),
    REJECTED: sum("REJECTED"),
    PENDING: sum("PENDING"),
  };
}

/** The id of the letter that a slug names. @throws DomainError `forbidden` */
export async function letterIdOf(admin: Admin, slug: string): Promise<string | null> {
  assertMaySomewhere(admin, "signature.read");
  return (
    (await db.letter.findUnique({ where: { slug, ...lettersOf(admin) }, select: { id: true } }))?.id ?? null
  );
}
