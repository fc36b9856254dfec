import { isCountry } from "@/lib/fields/countries/rules";
import { EARLIER, LIST_KINDS, type ListFilter, type ListKind } from "@/lib/signatories/list-order";

/** What a reader asked the list for. The empty string asks for everything. */
export type ListChoice = {
  kind: ListKind | typeof EARLIER | "";
  country: string;
  q: string;
  page: number;
  /** A place in the list to go on after, or to go back before: any page far from the beginning is found by one. */
  after: string;
  before: string;
};

type Given = Record<string, string | string[] | undefined>;

const MAX_QUERY_LENGTH = 100;
/** Later pages have no number: counting up to them would take ever longer. */
export const MAX_PAGE = 20;

const PAGE_KINDS = [...LIST_KINDS, EARLIER] as const;

/** Everything, from the beginning. */
export const WHOLE_LIST: ListChoice = { kind: "", country: "", q: "", page: 1, after: "", before: "" };

/** Those who signed an earlier version and not the newest. */
export const EARLIER_LIST: ListChoice = { ...WHOLE_LIST, kind: EARLIER };

/** Reads the choice from an address; what makes no sense counts as absent. */
export function readChoice(given: Given): ListChoice {
  const text = (name: string) => (typeof given[name] === "string" ? given[name].trim() : "");
  const kind = PAGE_KINDS.find((one) => one === text("kind"));
  const country = text("country").toUpperCase();
  const page = /^[1-9]\d*$/.test(text("page")) ? Number(text("page")) : 1;
  return {
    kind: kind ?? "",
    country: isCountry(country) ? country : "",
    q: text("q").normalize("NFC").slice(0, MAX_QUERY_LENGTH),
    page,
    after: text("after"),
    before: text("before"),
  };
}

/** The path and query of the list for a choice; defaults are left out, so that each part has one address. */
export function listPath(slug: string, { page, ...choice }: ListChoice): string {
  const query = new URLSearchParams(Object.entries(choice).filter(([, value]) => value !== ""));
  if (page > 1) query.set("page", String(page));
  return `/letters/${slug}/signatories${query.size > 0 ? `?${query}` : ""}`;
}

export function toFilter({ kind, country, q }: ListChoice): ListFilter {
  return { ...(kind && { kind }), ...(country && { country }), ...(q && { q }) };
}

/** The pages to link to: the first, the last, and those around the current one. */
export function nearbyPages(current: number, last: number): number[] {
  const wanted = [1, current - 2, current - 1, current, current + 1, current + 2, last];
  return [...new Set(wanted)].filter((page) => page >= 1 && page <= last).sort((a, b) => a - b);
}
