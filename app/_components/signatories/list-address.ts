import { COUNTRIES } from "@/lib/fields/countries/rules";
import type { ListFilter } from "@/lib/signatories/public-list";

/** What a reader asked the list for. The empty string asks for everything. */
export type ListChoice = {
  kind: "organisation" | "individual" | "";
  country: string;
  q: string;
  page: number;
};

type Given = Record<string, string | string[] | undefined>;

const MAX_QUERY_LENGTH = 100;
const MAX_PAGE = 10_000;

/** Reads the choice from an address; what makes no sense counts as absent. */
export function readChoice(given: Given): ListChoice {
  const text = (name: string) => (typeof given[name] === "string" ? given[name].trim() : "");
  const kind = text("kind");
  const country = text("country").toUpperCase();
  const page = /^[1-9]\d*$/.test(text("page")) ? Math.min(Number(text("page")), MAX_PAGE) : 1;
  return {
    kind: kind === "organisation" || kind === "individual" ? kind : "",
    country: COUNTRIES.some((code) => code === country) ? country : "",
    q: text("q").normalize("NFC").slice(0, MAX_QUERY_LENGTH),
    page,
  };
}

/** The path and query of the list for a choice; defaults are left out, so that each part has one address. */
export function listPath(slug: string, { page, ...choice }: ListChoice): string {
  const query = new URLSearchParams(Object.entries(choice).filter(([, value]) => value !== ""));
  if (page > 1) query.set("page", String(page));
  return `/letters/${slug}/signatories${query.size > 0 ? `?${query}` : ""}`;
}

/** The choice as the domain's filter. */
export function toFilter({ kind, country, q }: ListChoice): ListFilter {
  return {
    ...(kind && { kind: kind === "organisation" ? ("ORGANISATION" as const) : ("INDIVIDUAL" as const) }),
    ...(country && { country }),
    ...(q && { q }),
  };
}

/** The pages to link to: the first, the last, and those around the current one. */
export function nearbyPages(current: number, last: number): number[] {
  const wanted = [1, current - 2, current - 1, current, current + 1, current + 2, last];
  return [...new Set(wanted)].filter((page) => page >= 1 && page <= last).sort((a, b) => a - b);
}
