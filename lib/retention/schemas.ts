import * as z from "zod/mini";
import { type Parsed, parse } from "@/lib/fields/parse";
import type { FormValues } from "@/lib/http/request-context";
import { RECORD_MONTHS } from "@/lib/retention/rules";

const { least, most } = RECORD_MONTHS;

const months = z.object({
  recordMonths: z
    .pipe(
      z._default(z.string("range"), "").check(z.trim(), z.regex(/^\d{1,4}$/, "range")),
      z.transform(Number),
    )
    .check(z.minimum(least, "range"), z.maximum(most, "range")),
});

/** Reads how many months after its closing only a letter's public record is left. */
export const parseRecordMonths = (values: FormValues): Parsed<{ recordMonths: number }> =>
  parse(months, values);

/** Reads the time that was shown to who confirms; null where it is none. */
export function readRecordTime({ recordTime = "" }: FormValues): Date | null {
  const time = new Date(recordTime);
  return Number.isNaN(time.getTime()) ? null : time;
}
