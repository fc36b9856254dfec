import { z } from "zod";
import { COUNTRIES } from "@/lib/countries/rules";
import type { ListFilter, ListPlace } from "@/lib/signatures/public-list";

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

const place = z.strictObject({
  kind: z.enum(["ORGANISATION", "INDIVIDUAL"]),
  expert: z.boolean(),
  folded: plain(300, "folded"),
  id: z.uuid(),
});

const codec = z
  .string()
  .transform((text) => JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as unknown)
  .pipe(place);

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
  if (after === null)
    return { ok: false, parameter: "cursor", message: "cursor is a nextCursor of this list, unchanged" };
  const { limit = DEFAULT_LIMIT, ...filter } = parsed.data;
  return { ok: true, filter, after, limit };
}

/** The text that stands for a place in the list. It holds public facts only. */
export function encodeCursor(at: ListPlace): string {
  return Buffer.from(JSON.stringify(at)).toString("base64url");
}

function decodeCursor(text: string | null): ListPlace | undefined | null {
  if (!text) return undefined;
  try {
    return codec.parse(text);
  } catch {
    return null;
  }
}
