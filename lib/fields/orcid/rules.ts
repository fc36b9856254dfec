const BARE = /^(\d{4})[\s-]*(\d{4})[\s-]*(\d{4})[\s-]*(\d{3}[\dX])$/u;
const PREFIX =
  /^(?:orcid(?:\s*id)?[:\s]\s*)?(?:(?:https?:\/\/)?(?:www\.)?orcid\.org\/(?:my-orcid\?orcid=)?)?/iu;
const DASHES = /[\p{Pd}\u2212]/gu;

/**
 * Reads an ORCID iD as typed: with or without hyphens, spaces, "ORCID:" or an address at orcid.org, in digits
 * and dashes of any width. The form is `0000-0002-1825-0097`. The checksum is not looked at.
 * @returns null for what does not have the form
 */
export function orcidForm(text: string): string | null {
  const plain = text.normalize("NFKC").replace(DASHES, "-").trim();
  const bare = plain.replace(PREFIX, "").replace(/\/$/u, "").toUpperCase();
  return BARE.exec(bare)?.slice(1).join("-") ?? null;
}

/**
 * Whether the last character of an iD follows from the others (ISO/IEC 7064, MOD 11-2), as ORCID describes in
 * "Structure of the ORCID Identifier", https://support.orcid.org/hc/en-us/articles/360006897674.
 */
export function orcidChecksumHolds(orcid: string): boolean {
  const characters = orcid.replaceAll("-", "");
  let total = 0;
  for (const digit of characters.slice(0, -1)) total = (total + Number(digit)) * 2;
  const check = (12 - (total % 11)) % 11;
  return characters.at(-1) === (check === 10 ? "X" : String(check));
}
