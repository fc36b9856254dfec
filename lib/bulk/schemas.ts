import * as z from "zod/mini";
import * as field from "@/lib/bulk/condition-fields";
import { CHOOSABLE_STATES, type ChoosableState } from "@/lib/bulk/rules";
import { FLAGS, type Flag } from "@/lib/flags/flag-codes";
import type { FieldErrors, FormValues } from "@/lib/http/request-context";
import { remark } from "@/lib/signatures/field-schemas";
import { errorsByField, LIMITS } from "@/lib/signatures/schemas";
import { Quarantine } from "@/prisma/generated/enums";

/** Whether a text is the code of a flag. */
export const isFlag = (code: string): code is Flag => FLAGS.some((flag) => flag === code);

const QUARANTINES = Object.values(Quarantine);

/** The conditions by which signatures are chosen; empty lists and nulls choose nothing by themselves. */
export type Conditions = {
  letterId: string;
  states: ChoosableState[];
  /** Mail domains in ASCII: one of them. */
  domains: string[];
  /** Codes of networks: one of them. */
  networks: string[];
  /** Submitted at or after this time. */
  from: string | null;
  /** Submitted before this time. */
  until: string | null;
  /** Bears one of these flags or waits apart for one of these reasons. */
  flags: Flag[];
  quarantines: Quarantine[];
  /** Part of what the signatory says of itself, or of the remark. */
  text: string | null;
};

/** The name of the box that stands for a state, a flag or a reason of quarantine. */
export const boxName = (group: "state" | "flag" | "quarantine", value: string) => `${group}-${value}`;

const form = z.object({
  letter: z.uuidv7("required"),
  domains: field.domains(),
  networks: field.networks(),
  from: field.time(),
  until: field.time(),
  text: field.words(),
});

type Parsed<T> = { ok: true; value: T } | { ok: false; errors: FieldErrors };

/**
 * Reads the form of conditions. A letter, a state and one condition more are needed: nobody should reject a whole
 * letter by leaving fields empty.
 */
export function parseConditions(values: FormValues): Parsed<Conditions> {
  const parsed = form.safeParse(values);
  if (!parsed.success) return { ok: false, errors: errorsByField(parsed.error) };
  const { letter: letterId, ...rest } = parsed.data;
  const ticked = <T extends string>(group: Parameters<typeof boxName>[0], all: readonly T[]) =>
    all.filter((value) => values[boxName(group, value)] === "on");
  const conditions: Conditions = {
    letterId,
    ...rest,
    states: ticked("state", CHOOSABLE_STATES),
    flags: ticked("flag", FLAGS),
    quarantines: ticked("quarantine", QUARANTINES),
  };
  const errors = lacking(conditions);
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, value: conditions };
}

function lacking(conditions: Conditions): FieldErrors {
  const { states, domains, networks, from, until, flags, quarantines, text } = conditions;
  const errors: FieldErrors = {};
  if (states.length === 0) errors[boxName("state", CHOOSABLE_STATES[0])] = ["required"];
  if (from && until && from >= until) errors.until = ["order"];
  const narrowed = [...domains, ...networks, ...flags, ...quarantines].length > 0 || from || until || text;
  if (!narrowed) errors[""] = ["noCondition"];
  return errors;
}

const run = z.object({ reason: remark(LIMITS.reason) });

/** Reads the form that runs a draft: the reason why. */
export function parseRun(values: FormValues): Parsed<string> {
  const parsed = run.safeParse(values);
  if (!parsed.success) return { ok: false, errors: errorsByField(parsed.error) };
  const { reason } = parsed.data;
  return reason ? { ok: true, value: reason } : { ok: false, errors: { reason: ["required"] } };
}
