import type { Refusal } from "@/lib/http/refusals";
import { DEFAULT_LOCALE, isLocale, localePath } from "@/lib/i18n/locales";
import { mailedLink } from "@/server/mailed-link";
import { isKept, isSent, type Method, MOVED, ROUTES, type Route } from "@/server/routes";

/** What is to be done with a request. Addresses are those that Next knows: with the language, with `/submit`. */
export type Match =
  | { is: "asset" }
  | { is: "redirect"; to: string }
  /** A program asks what another site's script may do here. */
  | { is: "preflight"; methods: readonly Method[] }
  /** For a method that is not taken: those that are. */
  | { is: "refused"; refusal: Refusal; methods?: readonly Method[] }
  /** Nothing can be at an address of a program's. */
  | { is: "nothing" }
  | { is: "route"; route: Route; url: string; parameters: Record<string, string> };

export type Matcher = (method: string, target: string) => Match;

/** The lines of one pattern, and what stands for its parameters. */
type Found = { routes: readonly Route[]; parameters: Record<string, string> };

/** Makes the function that decides what a request is, from its method and target alone. */
export function matcher(table: readonly Route[] = ROUTES): Matcher {
  const find = finder(table);
  return (sent, target) => {
    const method = sent === "HEAD" ? "GET" : sent;
    const url = new URL(target, "http://localhost");
    url.pathname = plainly(url.pathname);
    const isApi = url.pathname.startsWith("/api/");
    if (method === "OPTIONS" && !isApi) return notAllowed([]);
    // Next decides by the target as it was sent; no other address of Next's own is of use to anybody.
    const isAsset = url.pathname.startsWith("/_next/static/") && target.startsWith(url.pathname);
    if (isAsset && method === "GET") return { is: "asset" };
    if (isApi) return forProgram(method, find(url.pathname), url);
    const [, first = ""] = url.pathname.split("/");
    const lower = first.toLowerCase();
    if (first !== lower && isLocale(lower))
      return { is: "redirect", to: localePath(lower, withoutLocale(url, first)) + url.search };
    if (first === DEFAULT_LOCALE) return { is: "redirect", to: withoutLocale(url, first) + url.search };
    const locale = isLocale(first) ? first : DEFAULT_LOCALE;
    const path = withoutEnd(isLocale(first) ? withoutLocale(url, first) : url.pathname);
    return (method === "GET" && mailed(locale, path)) || forPerson(method, locale, path, url, find);
  };
}

function forProgram(method: string, found: Found | undefined, url: URL): Match {
  if (method === "OPTIONS") return { is: "preflight", methods: methodsOf(found) };
  if (!found && /^(?:GET|POST)$/.test(method)) return { is: "nothing" };
  return chosen(method, found, url.pathname, url);
}

/** A mailed link that was damaged on its way. */
function mailed(locale: string, path: string): Match | null {
  const link = mailedLink(path);
  if (link && "broken" in link) return { is: "refused", refusal: link.broken };
  return link && link.path !== path ? { is: "redirect", to: localePath(locale, link.path) } : null;
}

function forPerson(
  method: string,
  locale: string,
  path: string,
  url: URL,
  find: (path: string) => Found | undefined,
): Match {
  const found = find(path);
  if (method === "GET") {
    const letter = ofLetter(path);
    // The name of an entry has capitals of its own.
    if (letter !== path && !found?.parameters.entry && find(letter))
      return { is: "redirect", to: localePath(locale, letter) + url.search };
    const moved = MOVED[path];
    if (moved) return { is: "redirect", to: localePath(locale, moved) + url.search };
    if (!methodsOf(found).includes(method)) return { is: "refused", refusal: "not-found" };
    // That a new link is on its way is said to everybody in the same words, without the old one.
    if (path.endsWith("/confirm") && url.searchParams.get("sent") === "1")
      return chosen(method, find("/signatures"), `/${locale}/signatures`, url);
  }
  return chosen(method, found, `/${locale}${path === "/" ? "" : path}`, url);
}

/** The path of a letter's page as it is, where somebody wrote it in capitals, or a sentence's end has stuck to it. */
function ofLetter(path: string): string {
  if (!/^\/letters\/./i.test(path)) return path;
  const bare = decoded(path)
    .toLowerCase()
    .replace(/[^a-z\d]+$/, "");
  return /^\/letters\/[a-z\d/.-]+$/.test(bare) ? bare : path;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function chosen(method: string, found: Found | undefined, path: string, url: URL): Match {
  const route = found?.routes.find(({ methods }) => methods.some((one) => one === method));
  if (!found || !route) return notAllowed(methodsOf(found));
  const { parameters } = found;
  if (!isKept(route)) {
    const inside = isSent(route.kind) ? `${path}/submit` : path;
    return { is: "route", route, url: inside + url.search, parameters };
  }
  const query = heeded(url.searchParams, route.heeds);
  return { is: "route", route: { ...route, line: lineOf(route, query) }, url: path + query, parameters };
}

const notAllowed = (methods: readonly Method[]): Match => ({ is: "refused", refusal: "no-form", methods });
const methodsOf = (found?: Found): Method[] => found?.routes.flatMap(({ methods }) => methods) ?? [];

/** Finds the lines of a table for a path without language: what is more exact comes first. */
function finder(table: readonly Route[]): (path: string) => Found | undefined {
  const byPattern = Map.groupBy(table, ({ pattern }) => pattern);
  const open = [...byPattern].flatMap(([pattern, routes]) =>
    pattern.includes("[") && !pattern.includes("[...") ? [{ expected: expression(pattern), routes }] : [],
  );
  return (path) => {
    const fixed = path.includes("[") ? undefined : byPattern.get(path);
    if (fixed) return { routes: fixed, parameters: {} };
    for (const { expected, routes } of open) {
      const found = expected.exec(path);
      if (found) return { routes, parameters: { ...found.groups } };
    }
    return undefined;
  };
}

/** An id is never `submit`: that is where Next has the forms, which nobody reads. */
function expression(pattern: string): RegExp {
  const source = pattern
    .replaceAll(".", "\\.")
    .replace("[id]", "(?<id>(?!submit$)[^/]+)")
    .replace(/\[(\w+)\]/g, "(?<$1>[^/]+)");
  return new RegExp(`^${source}$`);
}

function lineOf({ line }: Route, query: string): Route["line"] {
  if (line !== "list") return line;
  return !query ? "shared" : new URLSearchParams(query).has("q") ? "search" : "list";
}

/** The query with only what the page heeds, in a fixed order: one page is kept once. */
function heeded(given: URLSearchParams, heeds: Route["heeds"]): string {
  const values = new URLSearchParams();
  for (const [name, all] of Object.entries(heeds)) {
    const value = all ? given.get(name) : given.get(name)?.trim();
    if (value && (!all || all.includes(value))) values.set(name, value);
  }
  return values.size > 0 ? `?${values}` : "";
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

function withoutLocale(url: URL, locale: string): string {
  // One slash only: `//host` would be another site's address.
  return `/${url.pathname.slice(locale.length + 1).replace(/^\/+/, "")}`;
}
