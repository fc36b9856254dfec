import { CLOSE, OPEN } from "./strings";

const SCRIPT = /<script\b[^>]*>([\s\S]*?)<\/script/gi;
const ENTITY = /^(?:lt|gt|amp|quot|apos|#x?[\da-f]+);/i;
const WORD = new RegExp(`${OPEN}[^<>"']*</bdi>`, "g");
const CUT_OFF = "<";

/**
 * The hostile texts that an HTML page shows without escaping them: those that hold a character that would end the text
 * or attribute that they stand in; within a script, those that could end it.
 */
export function unescapedIn(html: string): string[] {
  const found: string[] = [];
  const outside = html.replace(SCRIPT, (_, script: string) => {
    // A string that goes on to its end was not ended by the text in it.
    const texts = between(script, (rest) => rest.includes('"'));
    found.push(...texts.filter((text) => /<|\u2028|\u2029/.test(text)));
    return " ";
  });
  // A flag quotes a single word of a name; none of the texts ends an isolate by itself.
  const texts = between(outside.replace(WORD, OPEN + CLOSE), () => false);
  found.push(...texts.filter((text) => /[<>"']/.test(text) || holdsBareAmpersand(text)));
  return found;
}

/** What stands between the marks. Where the second one is missing, something has cut the text off, unless it may be. */
function between(html: string, mayEnd: (rest: string) => boolean): string[] {
  const [, ...parts] = html.split(OPEN);
  return parts.map((part) => {
    if (part.includes(CLOSE)) return part.split(CLOSE)[0] ?? "";
    return mayEnd(part) ? "" : `${part.slice(0, 200)}${CUT_OFF}`;
  });
}

function holdsBareAmpersand(text: string): boolean {
  return text
    .split("&")
    .slice(1)
    .some((rest) => !ENTITY.test(rest));
}
