import * as z from "zod/mini";
import { cleanLine } from "@/lib/fields/names/rules";
import { asciiDomain } from "@/lib/fields/websites/domain";

const MOST_DOMAINS = 50;
const MOST_NETWORKS = 20;
const LONGEST_TEXT = 200;
/** How many hexadecimal digits of a network's hash make its code. */
export const CODE_DIGITS = 10;

type Issues = z.core.ParsePayload["issues"];

// An absent field is an empty one.
const field = <T>(read: (text: string, wrong: (code: string) => void) => T) =>
  z.pipe(
    z._default(z.string(), ""),
    z.transform((text: string, { issues }: { issues: Issues }) =>
      read(text, (message) => issues.push({ code: "custom", input: text, message })),
    ),
  );

const list = (most: number, read: (part: string) => string | null) =>
  field((text, wrong) => {
    const parts = text.split(/[\s,;]+/u).filter(Boolean);
    const values = parts.map(read).filter((value) => value !== null);
    if (parts.length > most) wrong("tooMany");
    else if (values.length < parts.length) wrong("format");
    return [...new Set(values)];
  });

/** Mail domains, of whole addresses too, apart by white space or commas; in ASCII. */
export const domains = () => list(MOST_DOMAINS, (part) => asciiDomain(part.slice(part.lastIndexOf("@") + 1)));

/** Codes of networks in any case, with or without their hyphen. */
export const networks = () =>
  list(MOST_NETWORKS, (part) => {
    const code = part.replaceAll("-", "").toUpperCase();
    return code.length === CODE_DIGITS && /^[0-9A-F]+$/.test(code) ? code : null;
  });

/** A network's code as it is shown. @param code as `networks` reads it */
export const writeNetworkCode = (code: string) =>
  `${code.slice(0, CODE_DIGITS / 2)}-${code.slice(CODE_DIGITS / 2)}`;

/** A time to the minute as `<input type="datetime-local">` sends it, read as UTC; ISO 8601, or null. */
export const time = () =>
  field((text, wrong) => {
    if (!text) return null;
    const minute = /^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d/.exec(text)?.[0];
    const at = new Date(`${minute}Z`);
    if (!Number.isNaN(at.getTime())) return at.toISOString();
    wrong("format");
    return null;
  });

/** Words to look for, or null. */
export const words = () =>
  field((text, wrong) => {
    const clean = cleanLine(text);
    if ([...clean].length > LONGEST_TEXT) wrong(`tooLong:${LONGEST_TEXT}`);
    return clean || null;
  });
