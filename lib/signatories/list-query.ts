import { z } from "zod";
import { opaqueName, readOpaqueName } from "@/lib/encryption/opaque";
import { COUNTRIES, INTERNATIONAL } from "@/lib/fields/countries/rules";
import { LIST_KINDS, type ListFilter, type ListPlace } from "@/lib/signatories/list-order";
import type { SearchPlace } from "@/lib/signatories/search-list";
import { ListOrder, ListSection } from "@/prisma/generated/enums";

/** The parameters of the list's JSON, understood; or which one is wrong and how to mend it. */
type ListQuery =
  | { ok: true; filter: ListFilter; after?: ListPlace | SearchPlace; limit: number }
  | { ok: false; parameter: string; message: string };

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;
const MAX_QUERY_LENGTH = 100;
const LIMIT_RULE = `limit is a whole number from 1 to ${MAX_LIMIT}`;

// Neither control characters nor great lengths reach the database or the cache.
function plain(max: number, name: string) {
  return z
    .string()
    .max(max, `${name} has at most ${max} characters`)
    .regex(/^\P{Cc}*$/u, `${name} has no control characters`);
}

/** Names the use of the text that stands for a place. */
const CURSOR = "list-cursor";
export const CURSOR_RULE =
  "cursor is the nextCursor of this list's last answer, unchanged; without cursor the list starts anew";

const place = z.strictObject({
  by: z.enum(ListOrder).default("NAME"),
  section: z.enum(ListSection),
  sortKey: z.string(),
  id: z.uuid(),
  rank: z.int().optional(),
});

const PARAMETERS = {
  kind: z.enum(LIST_KINDS, `kind is one of ${LIST_KINDS.join(", ")}`),
  country: z.enum(
    [...COUNTRIES, INTERNATIONAL],
    "country is an assigned ISO 3166-1 alpha-2 code in capitals, XK, or 001 for international organisations",
  ),
  q: plain(MAX_QUERY_LENGTH, "q"),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, LIMIT_RULE)
    .transform(Number)
    .pipe(z.number().min(1, LIMIT_RULE).max(MAX_LIMIT, LIMIT_RULE)),
};

/** Reads the parameters `kind`, `country`, `q`, `limit` and `cursor`; empty ones count as absent, others are ignored. */
export function parseListQuery(given: URLSearchParams): ListQuery {
  const asked = Object.keys(PARAMETERS).flatMap((name) => (given.get(name) ? [[name, given.get(name)]] : []));
  const parsed = z.object(PARAMETERS).partial().safeParse(Object.fromEntries(asked));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, parameter: String(issue?.path[0]), message: issue?.message ?? "" };
  }
  const { limit = DEFAULT_LIMIT, ...filter } = parsed.data;
  const cursor = given.get("cursor");
  const after = cursor ? decodeCursor(cursor) : undefined;
  // A place among what a search found is none in the list, nor the other way round.
  if (after === null || (after && Boolean(filter.q) !== "rank" in after))
    return { ok: false, parameter: "cursor", message: CURSOR_RULE };
  return { ok: true, filter, after, limit };
}

/** The text that stands for a place in the list. It says nothing: who goes on after a name knows no more of it. */
export const encodeCursor = (at: ListPlace | SearchPlace) => opaqueName(CURSOR, JSON.stringify(at));

/** The place that a text stands for; null for one that is not ours. */
export function decodeCursor(text: string): ListPlace | SearchPlace | null {
  const read = readOpaqueName(CURSOR, text);
  return read === null ? null : (place.safeParse(JSON.parse(read)).data ?? null);
}
