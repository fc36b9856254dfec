/** How many recovery codes there are at a time. */
export const RECOVERY_CODES = 10;

/** Without I, L, O and U, which are mistaken for others (Crockford's base 32). */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The random bytes that one code is made of: 80 bits, more than anybody tries. */
export const CODE_BYTES = 16;

/** A code as it is shown: four groups of four. @param random `CODE_BYTES` random bytes */
export function formatCode(random: Uint8Array): string {
  const letters = [...random].map((byte) => ALPHABET[byte % 32]).join("");
  return (letters.match(/.{4}/g) ?? []).join("-");
}

/** A code as it is compared: groups, case and letters mistaken for digits do not matter; null for what is no code. */
export function readCode(typed: string): string | null {
  const plain = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, "");
  const meant = plain.replaceAll("O", "0").replace(/[IL]/g, "1");
  return meant.length === CODE_BYTES && [...meant].every((letter) => ALPHABET.includes(letter))
    ? meant
    : null;
}
