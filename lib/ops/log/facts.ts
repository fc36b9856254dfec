/** What a line of the log says beside its event: codes, counts, ids; never what a person typed. */
export type Facts = Record<string, string | number | boolean | null | undefined>;

const LONGEST = 300;
const ADDRESS = /[^\s<>"'/]+@[^\s<>"']+/g;
/** Keys and hashes are longer than this in every spelling; ids are not. */
const SECRET = /[\w+/=-]{40,}/g;
/** A token as `lib/encryption/tokens.ts` makes it. */
const TOKEN = /\b[0-9a-z]{25}\b/g;

/**
 * Makes facts safe to write, in case a caller was careless: no mail address, no token, no line breaks.
 * @returns a copy, without what is undefined
 */
export function scrub(facts: Facts): Facts {
  const kept = Object.entries(facts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    kept.map(([name, value]) => [name, typeof value === "string" ? scrubText(value) : value]),
  );
}

function scrubText(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, " ")
    .slice(0, LONGEST)
    .replace(ADDRESS, "[address]")
    .replace(TOKEN, "[secret]")
    .replace(SECRET, (found) => (isPath(found) ? found : "[secret]"));
}

/** Places in the program are long too: words with slashes between them. */
const isPath = (text: string) => text.split("/").every((part) => part.length < 40);
