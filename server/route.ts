import type { Refusal } from "@/lib/http/refusals";
import { DEFAULT_LOCALE, isLocale, localePath } from "@/lib/i18n/locales";
import { mailedLink } from "@/server/mailed-link";

/** How the server treats a request. Paths are those that Next knows: with the language, with `/submit`. */
export type Route =
  | { kind: "asset" }
  | { kind: "redirect"; to: string }
  /** A form was posted to where no form is, or somebody asks what may be done with a page. */
  | { kind: "not-allowed" }
  /** Nothing can be there; the address is that of the page which says what to do. */
  | { kind: "refused"; refusal: Refusal; url: string }
  | { kind: "endpoint"; url: string }
  | { kind: "submit"; url: string }
  /** Shows what is somebody's own. */
  | { kind: "page"; url: string }
  /** The page of a mailed link. */
  | { kind: "link"; url: string; token: string }
  /** Shows nothing of anybody, until somebody types: kept whole. A browser may keep a form for the Back button. */
  | { kind: "kept"; url: string; scripts: boolean; restorable: boolean }
  /** Only read: the same for everybody, kept whole. */
  | { kind: "document"; url: string; line: "shared" | "list" | "search" };

type Document = { path: RegExp; parameters: string[] };

/** The documents, by path without language, and the parameters that they heed. */
const DOCUMENTS: Document[] = [
  { path: /^\/$/, parameters: [] },
  { path: /^\/letters\/[^/]+$/, parameters: [] },
  {
    path: /^\/letters\/[^/]+\/signatories$/,
    parameters: ["kind", "country", "q", "page", "after", "before"],
  },
];
/** Pages that show nothing of anybody, by path without language, with the parameters and values that they heed. */
const KEPT: { path: RegExp; heeds: Record<string, string[]>; scripts: boolean; restorable: boolean }[] = [
  {
    path: /^\/letters\/[^/]+\/sign$/,
    heeds: { as: ["organisation", "individual"] },
    scripts: true,
    restorable: true,
  },
  { path: /^\/letters\/[^/]+\/sign\/check-your-mailbox$/, heeds: {}, scripts: false, restorable: false },
  { path: /^\/signatures$/, heeds: { sent: ["1"] }, scripts: true, restorable: false },
  { path: /^\/admin\/sign-in$/, heeds: { first: ["1"], failed: ["1"] }, scripts: true, restorable: false },
  { path: /^\/admin\/sign-in\/check-your-mailbox$/, heeds: {}, scripts: false, restorable: false },
];
const LINK = /^\/signatures\/([^/]+)\/confirm$/;
/** The forms, by path without language: nothing else takes a POST. */
const FORMS = [
  /^\/letters\/[^/]+\/sign$/,
  /^\/signatures$/,
  /^\/signatures\/[^/]+\/confirm$/,
  /^\/stop-emails\/[^/]+$/,
  /^\/admin\/sign-in(?:\/[^/]+)?$/,
  /^\/admin\/sign-out$/,
  /^\/admin\/(?:second-factor|security|sessions|team)$/,
  /^\/admin\/signatures(?:\/[^/]+)?$/,
  /^\/admin\/(?:blocks|watchlist|mails)$/,
  /^\/admin\/bulk\/[^/]+$/,
];
/** The public JSON, kept like documents. */
const ANSWERS: Document[] = [
  { path: /^\/api\/v1\/letters\/[^/]+$/, parameters: [] },
  {
    path: /^\/api\/v1\/letters\/[^/]+\/signatories$/,
    parameters: ["kind", "country", "q", "limit", "cursor"],
  },
];

/** Where the mail provider posts its events. They come from no page of ours: their signature says whose they are. */
const EVENTS = /^\/api\/webhooks\/resend(?:\?|$)/;
export const takesEvents = (target: string) => EVENTS.test(target);

/** Decides what a request is from its method and target alone. */
export function routeOf(method: string, target: string): Route {
  const url = new URL(target, "http://localhost");
  if (method === "OPTIONS" && !url.pathname.startsWith("/api/")) return { kind: "not-allowed" };
  if (isAsset(target, url)) return { kind: "asset" };
  url.pathname = plainly(url.pathname);
  if (url.pathname.startsWith("/api/")) return endpoint(method, url);
  const [, first = ""] = url.pathname.split("/");
  const lower = first.toLowerCase();
  if (first !== lower && isLocale(lower))
    return { kind: "redirect", to: localePath(lower, withoutLocale(url, first)) + url.search };
  if (first === DEFAULT_LOCALE) return { kind: "redirect", to: withoutLocale(url, first) + url.search };
  const locale = isLocale(first) ? first : DEFAULT_LOCALE;
  const path = isLocale(first) ? withoutLocale(url, first) : url.pathname;
  return pageRoute(method, locale, withoutEnd(path), url);
}

/** A path in its one spelling: a page must not be kept once for each way to write its letters. */
function plainly(path: string): string {
  return path.replace(UNRESERVED, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}

/** The codes of letters, digits and `-._~`. */
const UNRESERVED = /%(?:2[de]|3\d|[46][1-9a-f]|5[0-9af]|7[0-9ae])/gi;

/** A path without the slashes at its end. By hand: an expression would look again from each slash of a long row. */
function withoutEnd(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === "/") end -= 1;
  return path.slice(0, end);
}

// Next decides by the target as it was sent; no other address of Next's own is of use to anybody.
function isAsset(target: string, { pathname }: URL): boolean {
  return pathname.startsWith("/_next/static/") && target.startsWith(pathname);
}

function endpoint(method: string, url: URL): Route {
  const answer = ANSWERS.find(({ path }) => path.test(url.pathname));
  if (!answer || (method !== "GET" && method !== "HEAD"))
    return { kind: "endpoint", url: url.pathname + url.search };
  return document(url.pathname, url.searchParams, answer.parameters);
}

function pageRoute(method: string, locale: string, path: string, url: URL): Route {
  const inside = `/${locale}${path === "/" ? "" : path}`;
  if (method === "POST") {
    if (!FORMS.some((form) => form.test(path))) return { kind: "not-allowed" };
    return { kind: "submit", url: `${inside}/submit${url.search}` };
  }
  const mailed = mailedLink(path);
  if (mailed && "broken" in mailed)
    return { kind: "refused", refusal: mailed.broken, url: `/${locale}/refused/${mailed.broken}` };
  if (mailed && mailed.path !== path) return { kind: "redirect", to: localePath(locale, mailed.path) };
  const found = DOCUMENTS.find((candidate) => candidate.path.test(path));
  if (found) return document(inside, url.searchParams, found.parameters);
  const kept = KEPT.find((candidate) => candidate.path.test(path));
  if (kept) {
    const { heeds, scripts, restorable } = kept;
    return { kind: "kept", url: inside + known(url.searchParams, heeds), scripts, restorable };
  }
  const [, token] = LINK.exec(path) ?? [];
  return token ? link(locale, token, inside, url) : { kind: "page", url: inside + url.search };
}

function document(path: string, given: URLSearchParams, parameters: string[]): Route {
  const query = heeded(given, parameters);
  const line = !query ? "shared" : new URLSearchParams(query).has("q") ? "search" : "list";
  return { kind: "document", url: path + query, line };
}

/** That a new link is on its way is said to everybody in the same words, without the old one. */
function link(locale: string, token: string, inside: string, url: URL): Route {
  if (url.searchParams.get("sent") === "1")
    return { kind: "kept", url: `/${locale}/signatures?sent=1`, scripts: true, restorable: false };
  return { kind: "link", url: inside + url.search, token };
}

/** The query with only the parameters that the page heeds, in a fixed order: one cache entry for one page. */
function heeded(given: URLSearchParams, names: string[]): string {
  const kept = names.flatMap((name) => {
    const value = given.get(name)?.trim();
    return value ? [[name, value] as [string, string]] : [];
  });
  return kept.length > 0 ? `?${new URLSearchParams(kept)}` : "";
}

/** The query with only the parameters that the page heeds, where they have a value that it knows. */
function known(given: URLSearchParams, heeds: Record<string, string[]>): string {
  const values = new URLSearchParams();
  for (const [name, all] of Object.entries(heeds)) {
    const value = given.get(name);
    if (value !== null && all.includes(value)) values.set(name, value);
  }
  return values.size > 0 ? `?${values}` : "";
}

function withoutLocale(url: URL, locale: string): string {
  // One slash only: `//host` would be another site's address.
  return `/${url.pathname.slice(locale.length + 1).replace(/^\/+/, "")}`;
}
