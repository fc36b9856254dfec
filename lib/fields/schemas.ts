import * as z from "zod/mini";
import { addressProblems, cleanAddress } from "@/lib/fields/addresses/rules";
import { cleanLine, cleanLines, nameProblems } from "@/lib/fields/names/rules";
import { parseWebsite } from "@/lib/fields/websites/rules";

type Part = { max: number; required?: boolean; clean?: (text: string) => string };

/** A text of the organiser's. Too long a one is told its own limit: other forms have fields of the same names. */
function words({ max, required = false, clean = cleanLine }: Part) {
  return z.pipe(z._default(z.string("required"), ""), z.transform(clean)).check(({ value, issues }) => {
    const problems = value ? nameProblems("comment", value) : required ? ["required"] : [];
    if ([...value].length > max) problems.push(`tooLong:${max}`);
    for (const message of problems) issues.push({ code: "custom", input: value, message });
  });
}

const oneLine = (text: string) => cleanLine(text.replace(/\s+/gu, " "));
export const line = (max: number, required = false) => words({ max, required, clean: oneLine });
export const lines = (max: number) => words({ max, clean: cleanLines });
export const orNull = z.transform((text: string): string | null => text || null);

/** Empty, or something that can be understood. @param read undefined for what cannot */
export function understood<T>(code: string, read: (text: string) => T | undefined) {
  const typed = z.pipe(
    z._default(z.string("required"), ""),
    z.transform((text: string) => text.trim()),
  );
  const checked = typed.check(({ value, issues }) => {
    if (value && read(value) === undefined) issues.push({ code: "custom", input: value, message: code });
  });
  return z.pipe(
    checked,
    z.transform((text: string): T | null => (text ? (read(text) ?? null) : null)),
  );
}

export const website = () => understood("format", (text) => parseWebsite(text) ?? undefined);

/** An email address that must be given. */
export function mailAddress() {
  const typed = z.pipe(z._default(z.string("required"), ""), z.transform(cleanAddress));
  return typed.check(({ value, issues }) => {
    const wrong = value ? addressProblems(value).length > 0 : false;
    const message = value ? (wrong ? "format" : null) : "required";
    if (message) issues.push({ code: "custom", input: value, message });
  });
}

/** A text in Markdown as it was typed, but for line ends and characters that nobody types. */
export const typedMarkdown = (text: string | undefined): string =>
  (text ?? "").replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]/gu, "");
