import { chooseText } from "@/lib/letters/rules";

type Title = { locale: string; title: string };

/** The columns by which a letter is named: its newest version's titles or, before it has one, those of its drafts. */
export const TITLES = {
  locale: true,
  versions: {
    orderBy: { number: "desc" },
    take: 1,
    select: { texts: { select: { locale: true, title: true } } },
  },
  drafts: { select: { locale: true, title: true } },
} as const;

/** A letter's title in a language, or in its own, and which of them it is. */
export function titleOf(
  { locale, versions, drafts }: { locale: string; versions: { texts: Title[] }[]; drafts: Title[] },
  wanted: string,
): Title {
  return chooseText(versions[0]?.texts ?? drafts, wanted, locale);
}
