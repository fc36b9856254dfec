import { isSlug, LONGEST_SLUG } from "@/lib/letters/rules";

/** Letters that lose more than their accents on the way to ASCII, from the alphabets in which titles are written here. */
const LATIN: Record<string, string> = Object.fromEntries(
  [
    "ß ss æ ae œ oe ø o đ d ð d þ th ł l ı i ŋ ng",
    "а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch",
    "ъ  ы y ь  э e ю yu я ya і i ї yi є ye ґ g",
    "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o",
    "ا a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع a غ gh ف f ق q ك k ل l م m ن n ه h",
    "و w ي y ى a ة a ء  ئ  ؤ  پ p چ ch ژ zh گ g ڭ ng ک k ی y ە e ې e ۆ o ۇ u ۈ u ۋ w ھ h",
  ].flatMap((line) => {
    const parts = line.split(" ");
    return parts.flatMap((letter, place) => (place % 2 === 0 ? [[letter, parts[place + 1] ?? ""]] : []));
  }),
);

/** Words of addresses that are no letter's. */
const RESERVED = new Set(["new"]);

/** Whether an organiser may give a letter this name in addresses. */
export const isFreeWord = (slug: string) => isSlug(slug) && !RESERVED.has(slug);

/** A name for addresses, made of a title. What cannot be written in small Latin letters is left out. */
export function proposeSlug(title: string): string {
  const ascii = [...title.normalize("NFKD").toLowerCase()].map((letter) => LATIN[letter] ?? letter).join("");
  const words = ascii
    .replace(/['’ʼ\p{M}]/gu, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
    .split(" ");
  let slug = "";
  for (const word of words) {
    const longer = slug ? `${slug}-${word}` : word.slice(0, LONGEST_SLUG);
    if (longer.length > LONGEST_PROPOSAL && slug) break;
    slug = longer;
  }
  return isFreeWord(slug) ? slug : "letter";
}

/** Short enough to be read out; a longer one can be typed. */
const LONGEST_PROPOSAL = 50;

/** The slug itself or, where others have it, with the first number behind it that is free. */
export function withNumber(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  const short = slug.slice(0, LONGEST_SLUG - 4).replace(/-$/, "");
  let number = 2;
  while (taken.has(`${short}-${number}`)) number += 1;
  return `${short}-${number}`;
}
