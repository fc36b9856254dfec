import { cache } from "react";
import { letterCounts } from "@/lib/moderation/letter-counts";

/** All letters with the counts of their lists, read once for a page and its frame. */
export const lettersHere = cache(letterCounts);
