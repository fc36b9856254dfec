import type { UndersignedProps } from "@/app/_components/letter/undersigned";
import { letterTally } from "@/lib/counts/cached";
import type { LetterPage } from "@/lib/letters/cached";
import { pinnedSignatories, publicCounts, publicList } from "@/lib/signatories/cached";
import type { ListKind } from "@/lib/signatories/list-order";

type Signed = Pick<UndersignedProps, "tally" | "organisations" | "experts" | "others"> & {
  /** Whom the head names. */
  first: string[];
};

/** How many names the head has where the organiser has chosen none. */
const IN_HEAD = 3;

/**
 * Who has signed, for the letter's own page: the counts; those whom it names first; the first organisations and experts. Of
 * other individuals only those whom it names first, and the first of them where nobody else is named.
 */
export async function readSignatories({ slug, namesShown }: LetterPage): Promise<Signed> {
  const [tally, counts, list] = await Promise.all([
    letterTally(slug),
    publicCounts(slug),
    pinnedSignatories(slug),
  ]);
  const pinned = list?.signatories ?? [];
  const sum = (count: (row: (typeof counts)[number]) => number) =>
    counts.reduce((total, row) => total + count(row), 0);
  const first = async (kind: ListKind, of: typeof pinned, all: number) => {
    const left = namesShown - of.length;
    const part = left > 0 ? await publicList(slug, { kind }, { unpinned: true }, left) : null;
    const signatories = [...of, ...(part?.signatories ?? [])];
    return { signatories, more: Math.max(0, all - signatories.length) };
  };
  const [organisations, experts] = await Promise.all([
    first(
      "organisation",
      pinned.filter(({ kind }) => kind === "organisation"),
      sum((row) => (row.kind === "ORGANISATION" ? row.count : 0)),
    ),
    first(
      "expert",
      pinned.filter(({ expert }) => expert),
      sum((row) => row.experts),
    ),
  ]);
  const pinnedOthers = pinned.filter(({ kind, expert }) => kind === "individual" && !expert);
  const [shown, who] = [organisations.signatories, experts.signatories];
  // Where nobody else is named, they are.
  const others =
    shown.length + who.length + pinnedOthers.length > 0
      ? pinnedOthers
      : (await first("individual", [], 0)).signatories;
  const named = pinned.length > 0 ? pinned : [...firstOf(shown, who), ...others].slice(0, IN_HEAD);
  return { tally, first: named.map(({ name }) => name), organisations, experts, others };
}

/** The first of both groups: organisations, and one place for an expert. */
function firstOf<Signatory>(organisations: Signatory[], experts: Signatory[]): Signatory[] {
  const places = IN_HEAD - Math.min(1, experts.length);
  return [...organisations.slice(0, places), ...experts].slice(0, IN_HEAD);
}
