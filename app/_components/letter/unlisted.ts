import type { LetterPage } from "@/lib/letters/cached";

/** The header that keeps what is no page out of search engines, for a letter that is not listed. */
export const unlisted = ({ listed }: Pick<LetterPage, "listed">): Record<string, string> =>
  listed ? {} : { "x-robots-tag": "noindex, nofollow" };
