import { opaqueName, readOpaqueName } from "@/lib/encryption/opaque";

const CONTEXT = "queue.filters";
const NAME = "filters";

/** A query of filters in one encrypted value: what is looked for may be somebody's name, and addresses are kept in logs. */
export const hiddenQuery = (query: URLSearchParams) =>
  new URLSearchParams({ [NAME]: opaqueName(CONTEXT, query.toString()) });

/** A query with what `hiddenQuery` made of it in the clear again. @returns null where the value is damaged */
export function readHiddenQuery(query: URLSearchParams): URLSearchParams | null {
  const hidden = query.get(NAME);
  if (hidden === null) return query;
  const text = readOpaqueName(CONTEXT, hidden);
  return text === null ? null : new URLSearchParams([...query, ...new URLSearchParams(text)]);
}
