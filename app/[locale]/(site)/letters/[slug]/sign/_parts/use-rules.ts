import { useEffect } from "react";
import { whenUsed } from "@/app/_forms/when-used";
import type { FieldErrors, FormValues } from "@/lib/http/request-context";

type Rules = typeof import("@/lib/signatures/schemas");
type Parsed = { ok: true } | { ok: false; errors: FieldErrors };

const load = () => import("@/lib/signatures/schemas").catch(() => null);

/**
 * The server's own rules for a form, loaded once the page is used. Where they do not come, the server's answer says the same.
 * @param parse what was typed by them
 */
export function useRules(parse: (rules: Rules, values: FormValues) => Parsed) {
  useEffect(() => whenUsed(load), []);
  return async (values: FormValues): Promise<FieldErrors> => {
    const rules = await load();
    const parsed = rules && parse(rules, values);
    return !parsed || parsed.ok ? {} : parsed.errors;
  };
}
