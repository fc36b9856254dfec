import * as z from "zod/mini";
import { addressProblems, cleanAddress } from "@/lib/fields/addresses/rules";
import { cleanName, nameProblems } from "@/lib/fields/names/rules";
import { type Parsed, parse } from "@/lib/fields/parse";
import { line, lines, orNull, typedMarkdown, understood, website } from "@/lib/fields/schemas";
import { parseWebsite } from "@/lib/fields/websites/rules";
import type { FormValues } from "@/lib/http/request-context";
import { isLocale } from "@/lib/i18n/locales";
import { LETTER_LANGUAGES, LETTER_LIMITS } from "@/lib/letters/rules";
import { EXPERT_FORMS } from "@/lib/letters/settings/expert-words";
import type { Organiser } from "@/lib/letters/settings/organisers";
import { SETTING_LIMITS, type SigningRules } from "@/lib/letters/settings/rules";
import { maybeTicked, optionalLine, requiredLine } from "@/lib/signatures/field-schemas";
import { ListOrder } from "@/prisma/generated/enums";

/** Reads who may sign and what the form asks for: at least one kind. */
export function parseSigning(values: FormValues): Parsed<SigningRules> {
  const ticked = (name: string) => values[name] === "on";
  const rules = {
    organisations: ticked("organisations"),
    individuals: ticked("individuals"),
    websiteRequired: ticked("websiteRequired"),
    affiliationRequired: ticked("affiliationRequired"),
    representativesShown: ticked("representativesShown"),
    discreetByDefault: ticked("discreetByDefault"),
  };
  return rules.organisations || rules.individuals
    ? { ok: true, data: rules }
    : { ok: false, errors: { organisations: ["noKind"] } };
}

const wordsForm = z.object({
  locale: z.enum(LETTER_LANGUAGES, "unknown"),
  consentLine: z.pipe(lines(SETTING_LIMITS.consentLine), orNull),
  expertNote: z.pipe(lines(SETTING_LIMITS.expertNote), orNull),
});

/** What is said around a letter in one language; null where nothing of its own is. */
export type NewWords = z.infer<typeof wordsForm> & {
  questions: string | null;
  expertForms: Record<string, string> | null;
};

/**
 * Reads what is said around a letter in one language.
 * @param problem codes of what is wrong with a text as Markdown
 */
export function parseWords(values: FormValues, problem: (text: string) => string | null): Parsed<NewWords> {
  const questions = typedMarkdown(values.questions).trim();
  const wrong =
    [...questions].length > SETTING_LIMITS.questions
      ? `tooLong:${SETTING_LIMITS.questions}`
      : problem(questions);
  const [words, forms] = [parse(wordsForm, values), parseForms(values)];
  if (words.ok && forms.ok && !wrong)
    return { ok: true, data: { ...words.data, questions: questions || null, expertForms: forms.data } };
  const errors = { ...(words.ok ? {} : words.errors), ...(forms.ok ? {} : forms.errors) };
  return { ok: false, errors: wrong ? { ...errors, questions: [wrong] } : errors };
}

/** All forms of the words for experts that the language needs, or none. */
function parseForms(values: FormValues): Parsed<Record<string, string> | null> {
  const names = isLocale(values.locale) ? EXPERT_FORMS[values.locale] : [];
  const given = names.some((name) => values[expertField(name)]?.trim());
  if (!given) return { ok: true, data: null };
  const form = line(SETTING_LIMITS.expertForm, true);
  const parsed = parse(z.object(Object.fromEntries(names.map((name) => [expertField(name), form]))), values);
  if (!parsed.ok) return parsed;
  return {
    ok: true,
    data: Object.fromEntries(names.map((name) => [name, parsed.data[expertField(name)] ?? ""])),
  };
}

/** The field of one form of the word. */
export const expertField = (form: string) => `expert-${form}`;

const organisersForm = z.object({
  organiserName: requiredLine("organisation", LETTER_LIMITS.organiserName),
  organiserUrl: website(),
  otherOrganisers: lines(2_000),
  contact: understood("format", (text) =>
    addressProblems(cleanAddress(text)).length > 0 ? undefined : cleanAddress(text),
  ),
  senderName: optionalLine("organisation", SETTING_LIMITS.senderName),
});

/** Who publishes a letter, where answers go, and who its mails say they are from. */
export type NewOrganisers = Omit<z.infer<typeof organisersForm>, "otherOrganisers"> & {
  otherOrganisers: Organiser[];
};

/** Reads who publishes a letter. Each other organiser is a line: a name, and after it a website where there is one. */
export function parseOrganisers(values: FormValues): Parsed<NewOrganisers> {
  const parsed = parse(organisersForm, values);
  if (!parsed.ok) return parsed;
  const others = parsed.data.otherOrganisers.split("\n").filter((text) => text.trim());
  const organisers = others.map(readOrganiser);
  const problem =
    others.length > SETTING_LIMITS.otherOrganisers
      ? `tooMany:${SETTING_LIMITS.otherOrganisers}`
      : organisers.some(({ name }) => !name || [...name].length > LETTER_LIMITS.organiserName) && "line";
  if (problem) return { ok: false, errors: { otherOrganisers: [problem] } };
  const wrong = organisers.flatMap(({ name }) => nameProblems("organisation", name));
  if (wrong.length > 0) return { ok: false, errors: { otherOrganisers: [...new Set(wrong)] } };
  return { ok: true, data: { ...parsed.data, otherOrganisers: organisers } };
}

function readOrganiser(text: string): Organiser {
  const words = text.trim().split(/\s+/u);
  const last = words.at(-1) ?? "";
  const url = words.length > 1 && /^https?:\/\/|^www\./iu.test(last) ? parseWebsite(last) : null;
  return { name: cleanName((url ? words.slice(0, -1) : words).join(" ")), url };
}

/** The same as it is typed. */
export const writeOrganisers = (organisers: Organiser[]) =>
  organisers.map(({ name, url }) => (url ? `${name} ${url}` : name)).join("\n");

const list = z.object({
  namesShown: z
    .pipe(
      z._default(z.string("range"), "").check(z.trim(), z.regex(/^\d{1,4}$/, "range")),
      z.transform(Number),
    )
    .check(z.minimum(1, "range"), z.maximum(SETTING_LIMITS.namesShown, "range")),
  listOrder: z.enum(ListOrder, "required"),
  listFiles: maybeTicked(),
  withdrawalsShown: maybeTicked(),
});

export const parseList = (values: FormValues) => parse(list, values);
