import { distance } from "fastest-levenshtein";
import { mixedWords } from "@/lib/fields/names/scripts";
import { asAscii } from "@/lib/fields/names/skeleton";
import { asciiDomain } from "@/lib/fields/websites/domain";

/** Providers whose names are often misspelt. Short names have too many neighbours. */
const USUAL = [
  "gmail.com",
  "googlemail.com",
  "outlook.com",
  "hotmail.com",
  "hotmail.co.uk",
  "yahoo.com",
  "yahoo.co.uk",
].concat([
  "icloud.com",
  "protonmail.com",
  "proton.me",
  "posteo.de",
  "riseup.net",
  "yandex.ru",
  "gmx.com",
  "gmx.net",
]);
/** Providers of their own that are one letter away from such a one. */
const NEIGHBOURS = ["mail.com", "email.com", "ymail.com"];

/** One letter too many, too few, another, or two that have changed places. */
function isOneSlip(one: string, other: string): boolean {
  const apart = distance(one, other);
  return apart === 1 || (apart === 2 && [...one].sort().join() === [...other].sort().join());
}

function likelyDomain(domain: string): string {
  const ascii = asciiDomain(domain) ?? domain;
  if ([...USUAL, ...NEIGHBOURS].includes(ascii)) return domain;
  return USUAL.find((usual) => isOneSlip(ascii, usual)) ?? domain;
}

const inOneScript = (text: string) =>
  mixedWords(text.replace(/[._+-]/gu, " ")).length > 0 ? asAscii(text) : text;

/**
 * The address that somebody who typed another one probably means: letters of two scripts that look like Latin ones, or a
 * usual provider misspelt by one letter. For the server only: the tables are large.
 * @param address cleaned and without problems
 * @returns null where nothing looks like a slip; to be asked about, never to be put in its place
 */
export function likelyAddress(address: string): string | null {
  const at = address.lastIndexOf("@");
  const local = inOneScript(address.slice(0, at));
  const domain = likelyDomain(inOneScript(address.slice(at + 1)));
  const likely = `${local}@${domain}`;
  return likely === address ? null : likely;
}
