import { distance } from "fastest-levenshtein";
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

/** The domain that was probably typed: a usual provider where it is one slip away from it, else the same. */
export function likelyDomain(domain: string): string {
  const ascii = asciiDomain(domain) ?? domain;
  if ([...USUAL, ...NEIGHBOURS].includes(ascii)) return domain;
  return USUAL.find((usual) => isOneSlip(ascii, usual)) ?? domain;
}

/** Finds the address that somebody probably means who typed another one; null where nothing looks like a slip. */
export type Likely = (address: string) => string | null;

/** Finds a usual provider that is misspelt by one letter. @param address cleaned and without problems */
export const likelyProvider: Likely = (address) => {
  const at = address.lastIndexOf("@") + 1;
  const likely = address.slice(0, at) + likelyDomain(address.slice(at));
  return likely === address ? null : likely;
};
