import { inAlphabet, lowerCase } from "@/lib/fields/names/alphabets";
import { foldName } from "@/lib/fields/names/rules";

/** Quotation marks, hashes and other marks before the first letter or digit. */
const MARKS = /^[^\p{L}\p{N}]+/u;

/**
 * Articles of the languages that letters are written in, before another word or joined to it. Those that begin many names as
 * something else, such as `un` of UN Women, are not among them.
 */
const ARTICLE = /^(?:(?:the|an?|der|die|das|el|los|las?|les?)\s+|l['’]|ال)(?=[\p{L}\p{N}]{2})/u;

/**
 * What a name on the list is sorted by: without marks before it, or an organisation's article. A person's
 * "La" or "Al" belongs to the name.
 * @param language the letter's, in whose alphabet the list is
 */
export function listKey(name: string, kind: "organisation" | "person", language: string): string {
  const folded = foldName(lowerCase(name, language));
  const bare = folded.replace(MARKS, "");
  const key = kind === "organisation" ? bare.replace(ARTICLE, "") : bare;
  return inAlphabet(key || folded, language);
}
