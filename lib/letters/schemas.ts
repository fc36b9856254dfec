import * as z from "zod/mini";
import { type Parsed, parse } from "@/lib/fields/parse";
import { line, lines, orNull, typedMarkdown, understood, website } from "@/lib/fields/schemas";
import type { FieldErrors, FormValues } from "@/lib/http/request-context";
import { endOfDay, momentOf, writeClock } from "@/lib/i18n/site-time";
import { LETTER_LANGUAGES, LETTER_LIMITS, type LetterTexts } from "@/lib/letters/rules";
import { isFreeWord } from "@/lib/letters/slugs";
import { requiredLine } from "@/lib/signatures/field-schemas";

const language = z.enum(LETTER_LANGUAGES, "unknown");
const slug = () => understood("format", (text) => (isFreeWord(text) ? text : undefined));

/** A time as browsers write it, in the site's time zone. Other years than these nobody means. */
const time = (zone: string) =>
  understood("format", (text) =>
    readTime(text, /^2\d{3}-\d\d-\d\dT\d\d:\d\d$/, ":00Z") ? momentOf(zone, text) : undefined,
  );
const day = () => understood("format", (text) => readTime(text, /^[12]\d{3}-\d\d-\d\d$/, "T00:00:00Z"));

function readTime(text: string, form: RegExp, rest: string): Date | undefined {
  const at = new Date(form.test(text) ? `${text}${rest}` : Number.NaN);
  // The engine would take 31 June for 1 July.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? at : undefined;
}

const draft = z.object({
  title: line(LETTER_LIMITS.title, true),
  locale: language,
  organiserName: requiredLine("organisation", LETTER_LIMITS.organiserName),
  organiserUrl: website(),
  slug: slug(),
});

/** What a letter begins with. */
export type NewDraft = z.infer<typeof draft>;

export const parseNewDraft = (values: FormValues) => parse(draft, values);

const text = z.object({
  title: line(LETTER_LIMITS.title),
  standfirst: lines(LETTER_LIMITS.standfirst),
  recipients: lines(LETTER_LIMITS.recipients),
});

/**
 * Reads the text that is being written: every part may still be empty. The body is kept as it was typed, but for line
 * ends and characters that nobody types.
 * @param bodyProblem codes of what is wrong with the body as Markdown
 */
export function parseDraftText(
  values: FormValues,
  bodyProblem: (body: string) => string | null,
): Parsed<LetterTexts> {
  const body = typedMarkdown(values.body);
  const parsed = parse(text, values);
  const problem = bodyProblem(body);
  if (!parsed.ok || problem) {
    const errors = parsed.ok ? {} : parsed.errors;
    return { ok: false, errors: problem ? { ...errors, body: [problem] } : errors };
  }
  return { ok: true, data: { ...parsed.data, body } };
}

/** The end of a day as it is in the site's time zone. */
const lastDay = (zone: string) =>
  understood("format", (text) => (day().safeParse(text).success ? endOfDay(zone, text) : undefined));
const publishing = (zone: string) =>
  z.object({
    reason: z.pipe(lines(LETTER_LIMITS.reason), orNull),
    opensAt: time(zone),
    answerBy: lastDay(zone),
  });
export const parsePublishing = (values: FormValues, zone: string) => parse(publishing(zone), values);

const times = (zone: string) => z.object({ opensAt: time(zone), closesAt: time(zone) });
export const parseTimes = (values: FormValues, zone: string) => parse(times(zone), values);

const note = z.object({ note: z.pipe(lines(LETTER_LIMITS.closingNote), orNull) });
export const parseNote = (values: FormValues) => parse(note, values);

/** The note of what readers notice at once, with the tick that it is meant. */
export function parseEnd(values: FormValues): Parsed<{ note: string | null }> {
  const parsed = parseNote(values);
  const sure: FieldErrors = values.sure === "on" ? {} : { sure: ["required"] };
  if (parsed.ok) return values.sure === "on" ? parsed : { ok: false, errors: sure };
  return { ok: false, errors: { ...parsed.errors, ...sure } };
}

const address = z.object({ slug: slug() });

export function parseSlug(values: FormValues): Parsed<{ slug: string }> {
  const parsed = parse(address, values);
  if (!parsed.ok) return parsed;
  const { slug: name } = parsed.data;
  return name ? { ok: true, data: { slug: name } } : { ok: false, errors: { slug: ["required"] } };
}

const entry = z.object({ day: day(), entry: line(LETTER_LIMITS.entryText, true), url: website() });

/** What happened to a letter, when, and where that can be read. */
export type NewEntry = { day: Date; text: string; url: string | null };

export function parseEntry(values: FormValues): Parsed<NewEntry> {
  const parsed = parse(entry, values);
  if (!parsed.ok) return parsed;
  const { day: on, entry: text, url } = parsed.data;
  return on ? { ok: true, data: { day: on, text, url } } : { ok: false, errors: { day: ["required"] } };
}

/** A time as `datetime-local` takes it, in the site's time zone. */
export const writeTime = (at: Date | null, zone: string): string => (at ? writeClock(zone, at) : "");
