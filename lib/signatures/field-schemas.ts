import * as z from "zod/mini";
import { addressProblems, cleanAddress, LONGEST_ADDRESS } from "@/lib/fields/addresses/rules";
import type { Likely } from "@/lib/fields/addresses/usual-providers";
import { isCountry } from "@/lib/fields/countries/rules";
import { cleanLine, cleanLines, cleanName, nameProblems, type TextKind } from "@/lib/fields/names/rules";
import { orcidChecksumHolds, orcidForm } from "@/lib/fields/orcid/rules";
import { parseWebsite, websiteProblem } from "@/lib/fields/websites/rules";

// zod would probe for `eval`, which the pages' policy forbids and browsers report.
z.config({ jitless: true });

type Check = (text: string) => string[];

type Need = "required" | "optional";

// An absent field is an empty one. Every code of every problem becomes an issue of its own.
function text(need: Need, clean: (text: string) => string, check: Check) {
  return z.pipe(z._default(z.string("required"), ""), z.transform(clean)).check(({ value, issues }) => {
    const missing = need === "required" ? ["required"] : [];
    for (const message of value ? check(value) : missing)
      issues.push({ code: "custom", input: value, message });
  });
}

// Characters as readers count them, not as UTF-16 does. The code carries the number that the sentence names.
const tooLong = (text: string, max: number) => ([...text].length > max ? [`tooLong:${max}`] : []);

function checkText(kind: TextKind, max: number): Check {
  return (text) => [...tooLong(text, max), ...nameProblems(kind, text)];
}

const cleaned = (kind: TextKind) => (kind === "line" ? cleanLine : cleanName);

const orNull = z.transform((text: string): string | null => text || null);

export const requiredLine = (kind: TextKind, max: number) =>
  text("required", cleaned(kind), checkText(kind, max));

/** A line that may be left out, unless it is said to be required; null then. */
export const optionalLine = (kind: TextKind, max: number, need: Need = "optional") =>
  z.pipe(text(need, cleaned(kind), checkText(kind, max)), orNull);

/** Several lines for the moderators, or null. */
export const comment = (max: number) =>
  z.pipe(text("optional", cleanLines, checkText("comment", max)), orNull);

/** @param likely finds what was probably meant: then it is asked about, like a mistake */
export const mailAddress = (likely?: Likely) =>
  text("required", cleanAddress, (address) => {
    const problems = addressProblems(address);
    const meant = problems.length === 0 ? likely?.(address) : null;
    if (meant) return [`meant:${meant}`];
    return problems.map((code) => (code === "tooLong" ? `tooLong:${LONGEST_ADDRESS}` : code));
  });

export const country = (forOrganisation = false) =>
  text("required", cleanLine, (code) => (isCountry(code, forOrganisation) ? [] : ["unknown"]));

/** A website, in the form of the URL standard; null where it may be left out, and is. */
export function website(max: number, need: Need) {
  const check = (typed: string) => {
    const problem = websiteProblem(typed);
    return [...tooLong(typed, max), ...(problem ? [problem] : [])];
  };
  return z.pipe(
    text(need, cleanLine, check),
    z.transform((address: string) => parseWebsite(address)),
  );
}

/** An ORCID iD in its hyphenated form, or null. */
export function orcid() {
  const check = (typed: string) => {
    const form = orcidForm(typed);
    if (!form) return ["format"];
    return orcidChecksumHolds(form) ? [] : ["checksum"];
  };
  return z.pipe(text("optional", cleanLine, check), z.transform(orcidForm));
}

export const ticked = () => z.literal("on", "required");

export const maybeTicked = () =>
  z.pipe(
    z._default(z.string("required"), ""),
    z.transform((value: string) => value === "on"),
  );
