import type { Tally } from "@/lib/counts/rules";

/**
 * What the headline of counts says: parts that are zero are left out, individuals who are not experts come last,
 * and before the first approval it invites instead of counting.
 */
export type Headline =
  | { form: "invitation" }
  | {
      form: "counts";
      organisations: number;
      countries: number;
      experts: number;
      others: number;
      key: HeadlineKey;
    };

/** Which parts there are; the sentence of each combination is a message of its own. */
type HeadlineKey =
  | "organisations"
  | "organisationsExperts"
  | "organisationsOthers"
  | "organisationsExpertsOthers"
  | "experts"
  | "expertsOthers"
  | "others";

/** Decides the headline of a letter's counts. */
export function headlineParts({ organisations, countries, experts, others }: Tally): Headline {
  const parts = [
    organisations > 0 && "organisations",
    experts > 0 && "experts",
    others > 0 && "others",
  ].filter(Boolean);
  if (parts.length === 0) return { form: "invitation" };
  const key = parts
    .map((part, place) => (place === 0 ? part : capitalise(String(part))))
    .join("") as HeadlineKey;
  return { form: "counts", organisations, countries, experts, others, key };
}

const capitalise = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
