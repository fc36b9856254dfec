import type { FormOutcome } from "@/app/_forms/form-actions";
import { actionPath, listPath, type Whose } from "@/app/[locale]/admin/_parts/paths";
import { readAdminSearch } from "@/app/[locale]/admin/signatures/_parts/asked";
import type { Admin } from "@/lib/auth/admin";
import { assertMaySomewhere } from "@/lib/auth/assert-may";
import type { FormValues } from "@/lib/http/request-context";
import { draftAction } from "@/lib/moderation/bulk/draft-action";
import { parseOperation } from "@/lib/moderation/bulk/schemas";
import { hiddenQuery } from "@/lib/moderation/filters/hidden-query";
import { letterIdOf } from "@/lib/moderation/letter-counts";

/** A list of signatures whose form was posted: its page, and what it was narrowed to. */
export function postedList(request: Request, locale: string, whose: Whose) {
  const { filters, errors } = readAdminSearch(new URL(request.url).searchParams, ["VERIFIED"]);
  // Of several values of one name a form's act gets the first.
  const sent = request.clone();
  const page = listPath(locale, whose, filters);
  return { locale, whose, filters, errors, sent, page, may: "signature.read" as const };
}

type List = ReturnType<typeof postedList>;

/** Leads to what the filters choose; where one is malformed, with what was typed. */
export async function narrow({ locale, whose, sent }: List): Promise<FormOutcome> {
  const values = [...(await sent.formData())].flatMap(([name, value]): [string, string][] =>
    typeof value === "string" && value !== "" && name !== "form" ? [[name, value]] : [],
  );
  const query = new URLSearchParams(values);
  const { filters, errors } = readAdminSearch(query, ["VERIFIED"]);
  const right = listPath(locale, whose, filters);
  if (Object.keys(errors).length > 0) return { redirect: `${right.split("?", 1)}?${hiddenQuery(query)}` };
  const letter = query.get("letter");
  // The list of all letters leads from there to the letter's own.
  return { redirect: letter ? `${right}&letter=${encodeURIComponent(letter)}` : right };
}

/** Writes what the list shows down for a bulk action, and leads to its preview. */
export async function beginBulk(admin: Admin, values: FormValues, list: List): Promise<FormOutcome> {
  const { locale, whose, filters, errors } = list;
  assertMaySomewhere(admin, "bulk.run");
  const operation = parseOperation(values);
  if (!operation) return { errors: { operation: ["required"] } };
  // What narrows nothing must not choose more than was meant.
  if (Object.keys(errors).length > 0) return { errors: { "": ["wrongFilters"] } };
  const letterId = whose ? await letterIdOf(admin, whose) : filters.letterId;
  if (whose && !letterId) return { errors: { "": ["noLetter"] } };
  const drafted = await draftAction({
    admin,
    operation,
    filters: { ...filters, letterId },
    now: new Date(),
  });
  return "id" in drafted ? { redirect: actionPath(locale, drafted.id) } : { errors: { "": [drafted.not] } };
}
