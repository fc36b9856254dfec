import { foldCase } from "@/lib/fields/names/case-fold";
import { holdsHiddenCharacters, stacksMarks, trimmed, withoutLeftovers } from "@/lib/fields/names/characters";
import { holdsWebAddress } from "@/lib/fields/names/web-address";

/**
 * What a text is: a person's name, an organisation's name, another single line (title, position, affiliation, role),
 * or the comment for the moderators, which may have several lines and cite addresses.
 */
export type TextKind = "person" | "organisation" | "line" | "comment";

/** Codes of what is wrong with a text; the sentences are in the messages `errors`. */
type TextProblem = "characters" | "lost" | "marks" | "letter" | "webAddress";

const NEEDED: Record<TextKind, RegExp> = {
  person: /\p{L}/u,
  organisation: /[\p{L}\p{N}]/u,
  line: /[\p{L}\p{N}]/u,
  comment: /\S/u,
};

/**
 * A name as it is kept: NFC, trimmed, also of what copying has left at its ends, white space within it as single spaces.
 * Line breaks within it stay, to be refused.
 */
export function cleanName(text: string): string {
  return trimmed(text.normalize("NFC").replace(/[\t\p{Zs}]+/gu, " "));
}

/** A line that is no name as it is kept: as a name, and without what copying has left within it. */
export function cleanLine(text: string): string {
  return cleanName(withoutLeftovers(text));
}

/** Several lines as they are kept: NFC, trimmed, line breaks as U+000A, at most one empty line in a row. */
export function cleanLines(text: string): string {
  return cleanLine(text.replace(/\r\n?|[\u2028\u2029]/gu, "\n"))
    .replace(/ ?\n ?/gu, "\n")
    .replace(/\n{3,}/gu, "\n\n");
}

/** Everything that is wrong with a cleaned, non-empty text of a kind. Mixed scripts are no reason to refuse a name. */
export function nameProblems(kind: TextKind, text: string): TextProblem[] {
  const comment = kind === "comment";
  const visible = comment ? text.replaceAll("\n", " ") : text;
  const problems: [TextProblem, boolean][] = [
    ["characters", holdsHiddenCharacters(visible)],
    ["lost", text.includes("\uFFFD")],
    ["marks", stacksMarks(visible)],
    ["letter", !NEEDED[kind].test(text)],
    ["webAddress", !comment && holdsWebAddress(text, kind === "person")],
  ];
  return problems.flatMap(([problem, found]) => (found ? [problem] : []));
}

/**
 * A name for comparing and searching, never for showing: NFKC, case folded, without ignorable characters (as
 * toNFKC_Casefold, the Unicode Standard, section 3.13), white space as single spaces.
 */
export function foldName(name: string): string {
  return cleanName(foldCase(name).replace(/\p{Default_Ignorable_Code_Point}/gu, ""));
}
