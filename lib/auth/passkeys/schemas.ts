import * as z from "zod/mini";
import { type Parsed, parse } from "@/lib/fields/parse";
import type { FormValues } from "@/lib/http/request-context";
import { requiredLine } from "@/lib/signatures/field-schemas";

/** How long the name of a passkey may be, in characters. */
const PASSKEY_NAME = 60;

const named = z.object({ passkeyName: requiredLine("line", PASSKEY_NAME) });

export const parsePasskeyName = (values: FormValues): Parsed<{ passkeyName: string }> => parse(named, values);
