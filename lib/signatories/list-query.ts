import { z } from "zod";
import { opaqueName, readOpaqueName } from "@/lib/encryption/opaque";
import { COUNTRIES } from "@/lib/fields/countries/rules";
import type { ListFilter, ListPlace } from "@/lib/signatories/public-list";

/** The parameters of the list's JSON, understood; or which one is wrong and how to mend it. */
export type ListQuery =
  | { ok: true; filter: ListFilter; after?: ListPlace; limit: number }
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
const CURSOR_RULE =
  "cursor is the nextCursor of this list's last answer, unchanged; without cursor the list starts anew";

const place = z.strictObject({
  kind: z.enum(["ORGANISATION", "INDIVIDUAL"]),
  expert: z.boolean(),
  folded: z.string(),
  tie: z.string(),
});

const PARAMETERS = {
  kind: z
    .enum(["organisation", "individual"], "kind is organisation or individual")
    .transform((kind) => (kind === "organisation" ? ("ORGANISATION" as const) : ("INDIVIDUAL" as const))),
  country: z.enum(COUNTRIES, "country is an assigned ISO 3166-1 alpha-2 code in capitals, or XK"),
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
  const after = decodeCursor(given.get("cursor"));
  if (after === null) return { ok: false, parameter: "cursor", message: CURSOR_RULE };
  const { limit = DEFAULT_LIMIT, ...filter } = parsed.data;
  return { ok: true, filter, after, limit };
}

/** The text that stands for a place in the list. It says nothing: who goes on after a name knows no more of it. */
export function encodeCursor({ kind, expert, folded, tie }: ListPlace): string {
  return opaqueName(CURSOR, JSON.stringify({ kind, expert, folded, tie }));
}

/** Undefined without a cursor, null for one that is not ours. */
function decodeCursor(text: string | null): ListPlace | undefined | null {
  if (!text) return undefined;
  const read = readOpaqueName(CURSOR, text);
  return read === null ? null : (place.safeParse(JSON.parse(read)).data ?? null);
}
