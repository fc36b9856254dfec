import * as z from "zod/mini";
import { type Parsed, parse } from "@/lib/fields/schemas";
import type { FormValues } from "@/lib/http/request-context";
import * as field from "@/lib/signatures/field-schemas";
import { LIMITS } from "@/lib/signatures/schemas";

const objection = z.object({ email: field.mailAddress(), comment: field.comment(LIMITS.comment) });

/** Reads what somebody says who has not signed: their own address, and a message to the moderators. */
export const parseObjection = (values: FormValues): Parsed<{ email: string; comment: string | null }> =>
  parse(objection, values);
