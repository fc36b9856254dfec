import * as z from "zod/mini";
import { cleanLine, cleanLines, nameProblems } from "@/lib/fields/names/rules";
import { parseWebsite } from "@/lib/fields/websites/rules";
import type { FieldErrors, FormValues } from "@/lib/http/request-context";
import { LETTER_LANGUAGES, LETTER_LIMITS, type LetterTexts } from "@/lib/letters/rules";
import { isFreeWord } from "@/lib/letters/slugs";
import { errorsByField } from "@/lib/signatures/schemas";

type Parsed<T> = ({ ok: true } & T) | { ok: false; errors: FieldErrors };

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
const line = (max: number, required = false) => words({ max, required, clean: oneLine });
const lines = (max: number) => words({ max, clean: cleanLines });
const orNull = z.transform((text: string): string | null => text || null);

/** Empty, or something that can be understood. @param read undefined for what cannot */
function understood<T>(code: string, read: (text: string) => T | undefined) {
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

const website = () => understood("format", (text) => parseWebsite(text) ?? undefined);
const language = z.enum(LETTER_LANGUAGES, "unknown");
const slug = () => understood("format", (text) => (isFreeWord(text) ? text : undefined));

/** A time as browsers write it, which is UTC here. Other years than these nobody means. */
const time = () => understood("format", (text) => readTime(text, /^2\d{3}-\d\d-\d\dT\d\d:\d\d$/, ":00Z"));
const day = () => understood("format", (text) => readTime(text, /^[12]\d{3}-\d\d-\d\d$/, "T00:00:00Z"));

function readTime(text: string, form: RegExp, rest: string): Date | undefined {
  const at = new Date(form.test(text) ? `${text}${rest}` : Number.NaN);
  // The engine would take 31 June for 1 July.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? at : undefined;
}

const draft = z.object({
  title: line(LETTER_LIMITS.title, true),
  locale: language,
  organiserName: line(LETTER_LIMITS.organiserName, true),
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
): Parsed<{ data: LetterTexts }> {
  const body = (values.body ?? "").replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]/gu, "");
  const parsed = parse(text, values);
  const problem = bodyProblem(body);
  if (!parsed.ok || problem) {
    const errors = parsed.ok ? {} : parsed.errors;
    return { ok: false, errors: problem ? { ...errors, body: [problem] } : errors };
  }
  return { ok: true, data: { ...parsed.data, body } };
}

const publishing = z.object({ reason: z.pipe(lines(LETTER_LIMITS.reason), orNull), opensAt: time() });
export const parsePublishing = (values: FormValues) => parse(publishing, values);

const times = z.object({ opensAt: time(), closesAt: time() });
export const parseTimes = (values: FormValues) => parse(times, values);

const note = z.object({ note: z.pipe(lines(LETTER_LIMITS.closingNote), orNull) });
export const parseNote = (values: FormValues) => parse(note, values);

const address = z.object({ slug: slug() });

export function parseSlug(values: FormValues): Parsed<{ data: { slug: string } }> {
  const parsed = parse(address, values);
  if (!parsed.ok) return parsed;
  const { slug: name } = parsed.data;
  return name ? { ok: true, data: { slug: name } } : { ok: false, errors: { slug: ["required"] } };
}

const entry = z.object({ day: day(), entry: line(LETTER_LIMITS.entryText, true), url: website() });

/** What happened to a letter, when, and where that can be read. */
export type NewEntry = { day: Date; text: string; url: string | null };

export function parseEntry(values: FormValues): Parsed<{ data: NewEntry }> {
  const parsed = parse(entry, values);
  if (!parsed.ok) return parsed;
  const { day: on, entry: text, url } = parsed.data;
  return on ? { ok: true, data: { day: on, text, url } } : { ok: false, errors: { day: ["required"] } };
}

function parse<T>(schema: z.ZodMiniType<T>, values: FormValues): Parsed<{ data: T }> {
  const parsed = schema.safeParse(values);
  return parsed.success
    ? { ok: true, data: parsed.data }
    : { ok: false, errors: errorsByField(parsed.error) };
}

/** A time as `datetime-local` takes it. */
export const writeTime = (at: Date | null): string => at?.toISOString().slice(0, 16) ?? "";
