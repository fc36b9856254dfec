/**
 * Why a request is refused before anything is done for it: the status, and the code by which a form's script finds its
 * sentence. Each has a page in every language, at `/refused/NAME`, whose words are `site.refused.NAME`.
 */
export const REFUSALS = {
  unreadable: { status: 400, code: "invalid" },
  /** A form that another site sent, or a browser that hides where it came from. */
  "other-site": { status: 403, code: "otherSite" },
  /** A form of this site, opened at an address that is not its own. */
  "other-address": { status: 403, code: "otherAddress" },
  "not-found": { status: 404, code: "not-found" },
  /** A mailed link of which a part is missing. */
  "broken-link": { status: 404, code: "not-found" },
  /** The same of one that confirms a report. */
  "broken-report-link": { status: 404, code: "not-found" },
  "broken-sign-in-link": { status: 404, code: "not-found" },
  "no-form": { status: 405, code: "stale" },
  "no-length": { status: 411, code: "invalid" },
  "too-large": { status: 413, code: "tooLarge" },
  "other-type": { status: 415, code: "invalid" },
  "too-many": { status: 429, code: "tooMany" },
} as const satisfies Record<string, { status: number; code: string }>;

export type Refusal = keyof typeof REFUSALS;

/** In the pages of refusals: the path that was asked for, which the server puts in. */
export const HERE = "/-here-";

/** Whether a text, such as a part of a path, names a refusal. */
export function isRefusal(text: string): text is Refusal {
  return Object.hasOwn(REFUSALS, text);
}
