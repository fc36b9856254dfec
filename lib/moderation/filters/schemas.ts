import * as z from "zod/mini";
import { errorsByField } from "@/lib/fields/parse";
import type { FieldErrors } from "@/lib/http/request-context";
import * as field from "@/lib/moderation/filters/fields";
import { type Filters, HOLD_REASONS, VIEWS, type View } from "@/lib/moderation/filters/rules";
import { FLAGS } from "@/lib/moderation/flags/flag-codes";

const typed = z.object({
  domains: field.domains(),
  networks: field.networks(),
  from: field.time(),
  until: field.time(),
  text: field.words(),
});

/** What is asked for in an address: several values of a name, or none. */
type Asked = Pick<URLSearchParams, "get" | "getAll">;

/**
 * Reads filters from an address. What is malformed narrows nothing, and is said.
 * @param letterId the letter that `letter` names
 * @param usual the views where none is asked for
 */
export function readFilters(
  asked: Asked,
  letterId: string | null,
  usual: View[],
): { filters: Filters; errors: FieldErrors } {
  const given = Object.fromEntries(Object.keys(typed.shape).map((name) => [name, asked.get(name) ?? ""]));
  const parsed = typed.safeParse(given);
  const errors: FieldErrors = parsed.success ? {} : errorsByField(parsed.error);
  const read = parsed.success ? parsed.data : typed.parse({ ...given, ...withoutThese(errors) });
  if (read.from && read.until && read.from >= read.until) errors.until = ["order"];
  const chosen = <T extends string>(name: string, all: readonly T[]) => {
    const values = new Set(asked.getAll(name).map((value) => value.toLowerCase()));
    const known = all.filter((one) => values.delete(one.toLowerCase()));
    if (values.size > 0) errors[name] = ["unknown"];
    return known;
  };
  const views = chosen("state", VIEWS);
  const filters: Filters = {
    ...read,
    letterId,
    views: views.length > 0 ? views : usual,
    flags: chosen("flag", FLAGS),
    holds: chosen("hold", HOLD_REASONS),
  };
  return { filters, errors };
}

const withoutThese = (errors: FieldErrors) =>
  Object.fromEntries(Object.keys(errors).map((name) => [name, ""]));

/** The fields of the form that hold filters. */
export function filterValues({ domains, networks, from, until, text }: Filters): Record<string, string> {
  return {
    domains: domains.join("\n"),
    networks: networks.map(field.writeNetworkCode).join(" "),
    from: from?.slice(0, 16) ?? "",
    until: until?.slice(0, 16) ?? "",
    text: text ?? "",
  };
}

/** The query that `readFilters` reads the same filters from, but for the letter, which the path names. */
export function filterQuery(filters: Filters): URLSearchParams {
  const query = new URLSearchParams(filters.views.map((view) => ["state", view.toLowerCase()]));
  // No address has line breaks: the server refuses them.
  for (const [name, value] of Object.entries(filterValues(filters)))
    if (value) query.set(name, value.replaceAll("\n", " "));
  for (const flag of filters.flags) query.append("flag", flag);
  for (const why of filters.holds) query.append("hold", why.toLowerCase());
  return query;
}
