/**
 * A text without differences of case or of compatible spelling, for comparing only: NFKC and full case folding, after
 * toNFKC_Casefold of the Unicode Standard, section 3.13. The fold goes by way of capitals, so that ß meets ss; besides,
 * the i's of the Turkish alphabet meet, since capitals do not tell them apart.
 */
export function foldCase(text: string): string {
  const lower = text.normalize("NFKC").toLowerCase().toUpperCase().toLowerCase();
  return lower.replaceAll("ς", "σ").replaceAll("i\u0307", "i").normalize("NFKC");
}
