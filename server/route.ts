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
  /** A browser may keep a form for the Back button; other pages show what is somebody's own. */
  | { kind: "page"; url: string; restorable: boolean }
  /** Only read: the same for everybody, kept whole. */
  | { kind: "document"; url: string };

type Document = { path: RegExp; parameters: string[] };

/** The documents, by path without language, and the parameters that they heed. */
const DOCUMENTS: Document[] = [
  { path: /^\/$/, parameters: [] },
  { path: /^\/letters\/[^/]+$/, parameters: [] },
  { path: /^\/letters\/[^/]+\/signatories$/, parameters: ["kind", "country", "q", "page"] },
];
/** A form that shows nothing of anybody until somebody types. */
const RESTORABLE = /^\/letters\/[^/]+\/sign$/;
/** The forms, by path without language: nothing else takes a POST. */
const FORMS = [
  RESTORABLE,
  /^\/signatures$/,
  /^\/signatures\/[^/]+\/confirm$/,
  /^\/admin\/sign-in(?:\/[^/]+)?$/,
  /^\/admin\/sign-out$/,
  /^\/admin\/(?:second-factor|security|sessions|team)$/,
  /^\/admin\/signatures\/[^/]+$/,
  /^\/admin\/(?:blocks|watch-list|mails)$/,
  /^\/admin\/bulk(?:\/[^/]+)?$/,
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
  if (url.pathname.startsWith("/api/")) return endpoint(method, url);
  if (method === "OPTIONS") return { kind: "not-allowed" };
  if (isAsset(target, url)) return { kind: "asset" };
  const [, first = ""] = url.pathname.split("/");
  const lower = first.toLowerCase();
  if (first !== lower && isLocale(lower))
    return { kind: "redirect", to: localePath(lower, withoutLocale(url, first)) + url.search };
  if (first === DEFAULT_LOCALE) return { kind: "redirect", to: withoutLocale(url, first) + url.search };
  const locale = isLocale(first) ? first : DEFAULT_LOCALE;
  const path = isLocale(first) ? withoutLocale(url, first) : url.pathname;
  return pageRoute(method, locale, withoutEnd(path), url);
}

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
  return { kind: "document", url: url.pathname + heeded(url.searchParams, answer.parameters) };
}

function pageRoute(method: string, locale: string, path: string, url: URL): Route {
  const inside = `/${locale}${path === "/" ? "" : path}`;
  if (method === "POST") {
    if (!FORMS.some((form) => form.test(path))) return { kind: "not-allowed" };
    return { kind: "submit", url: `${inside}/submit${url.search}` };
  }
  const link = mailedLink(path);
  if (link && "broken" in link)
    return { kind: "refused", refusal: link.broken, url: `/${locale}/refused/${link.broken}` };
  if (link && link.path !== path) return { kind: "redirect", to: localePath(locale, link.path) };
  const document = DOCUMENTS.find((candidate) => candidate.path.test(path));
  if (!document) return { kind: "page", url: inside + url.search, restorable: RESTORABLE.test(path) };
  return { kind: "document", url: inside + heeded(url.searchParams, document.parameters) };
}

/** The query with only the parameters that the page heeds, in a fixed order: one cache entry for one page. */
function heeded(given: URLSearchParams, names: string[]): string {
  const kept = names.flatMap((name) => {
    const value = given.get(name)?.trim();
    return value ? [[name, value] as [string, string]] : [];
  });
  return kept.length > 0 ? `?${new URLSearchParams(kept)}` : "";
}

function withoutLocale(url: URL, locale: string): string {
  // One slash only: `//host` would be another site's address.
  return `/${url.pathname.slice(locale.length + 1).replace(/^\/+/, "")}`;
}
