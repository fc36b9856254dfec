import { type Likely, likelyDomain } from "@/lib/fields/addresses/usual-providers";
import { mixedWords } from "@/lib/fields/names/scripts";
import { asAscii } from "@/lib/fields/names/skeleton";

const inOneScript = (text: string) =>
  mixedWords(text.replace(/[._+-]/gu, " ")).length > 0 ? asAscii(text) : text;

/**
 * The address that somebody who typed another one probably means: letters of two scripts that look like Latin ones, or a
 * usual provider misspelt by one letter. For the server only: the tables are large.
 * @param address cleaned and without problems
 * @returns null where nothing looks like a slip; to be asked about, never to be put in its place
 */
export const likelyAddress: Likely = (address) => {
  const at = address.lastIndexOf("@");
  const local = inOneScript(address.slice(0, at));
  const domain = likelyDomain(inOneScript(address.slice(at + 1)));
  const likely = `${local}@${domain}`;
  return likely === address ? null : likely;
};
