// Scripts whose letters join or stack: ZWNJ and ZWJ choose between shapes. Older browsers know all of them.
const SHAPING_SCRIPTS = `
  Arab Syrc Mand Nkoo Mong Phag Adlm Rohg Mani
  Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Mtei Limb Newa Tirh
  Khmr Mymr Tibt Lana Bali Java Sund Cakm Saur Gran Kthi Shrd Modi Brah
`;

const SHAPED = `(?=[\\p{L}\\p{M}])[${SHAPING_SCRIPTS.trim()
  .split(/\s+/)
  .map((script) => `\\p{scx=${script}}`)
  .join("")}]`;

// After a letter or mark of such a script, before another or at a word's end, and never two in a row.
const JOINER_IN_PLACE = new RegExp(
  `(?<=${SHAPED})[\\u200C\\u200D](?=${SHAPED}|[^\\p{L}\\p{M}\\p{N}\\p{C}]|$)`,
  "gu",
);

const VARIANT_IN_PLACE = new RegExp(
  [
    "(?<=[\\p{sc=Han}\\p{sc=Mymr}\\p{sc=Phag}])[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]",
    "(?<=(?=\\p{L})\\p{sc=Mong}[\\u180B-\\u180F]?)[\\u180B-\\u180F]",
    "(?<=\\p{Extended_Pictographic})[\\uFE0E\\uFE0F]",
  ].join("|"),
  "gu",
);

const REFUSED = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Whether a text holds characters that nobody sees or that change what others see. ZWNJ and ZWJ pass where a script
 * shapes its letters with them (UAX #31, section 2.3; RFC 5892, appendix A) and at the end of a word, as in Malayalam and
 * Kurdish. Variation selectors pass after what they vary: Han, Mongolian, Myanmar, pictographs.
 */
export function holdsHiddenCharacters(text: string): boolean {
  return REFUSED.test(text.replace(JOINER_IN_PLACE, "").replace(VARIANT_IN_PLACE, ""));
}

// Lines through four general marks on one letter hide their neighbours (see also UAX #15, section 13).
const GENERAL_MARKS = /(?:(?=\p{M})\p{sc=Zinh}){5}/u;
// Burmese has words with five of its own marks on one letter (လျှို့ဝှက်): they get more room.
const ANY_MARKS = /\p{M}{7}/u;

/**
 * Whether marks are stacked higher than writing needs, or stand before any letter. The text is in NFC, so that most
 * accented letters count no mark.
 */
export function stacksMarks(text: string): boolean {
  return GENERAL_MARKS.test(text) || ANY_MARKS.test(text) || /^\p{M}/u.test(text);
}

/** What copying leaves behind: soft hyphens, byte order marks, zero-width spaces, word joiners, marks of direction. */
const LEFT_BEHIND = "\\u00AD\\uFEFF\\u200B\\u2060\\u200E\\u200F\\u061C\\u202A-\\u202E\\u2066-\\u2069";
const AT_ENDS = new RegExp(`^[\\s${LEFT_BEHIND}]+|[\\s${LEFT_BEHIND}]+$`, "gu");
const ANYWHERE = new RegExp(`[${LEFT_BEHIND}]`, "gu");

/** Takes away what copying has left at the ends of a text, with its white space. */
export const trimmed = (text: string) => text.replace(AT_ENDS, "");

/** Takes away what copying has left anywhere in a text that is no name, where it can deceive nobody. */
export const withoutLeftovers = (text: string) => text.replace(ANYWHERE, "");
