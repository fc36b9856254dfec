import type { IncomingMessage, ServerResponse } from "node:http";
import { noteOtherAddress } from "@/lib/http/other-addresses";
import { HERE, REFUSALS, type Refusal } from "@/lib/http/refusals";
import { DEFAULT_LOCALE, isLocale, type Locale } from "@/lib/i18n/locales";
import { translator } from "@/lib/i18n/translator";
import { DOCUMENT_POLICY, ENDPOINT_POLICY } from "@/server/headers";
import { callNext, type NextHandler } from "@/server/render";
import type { Method } from "@/server/routes";
import { withoutScripts } from "@/server/scripts";

type Refused = { next: NextHandler; request: IncomingMessage; response: ServerResponse };

/** For how long a network that has asked too often is told to wait, in seconds. */
const WAIT_S = 600;

/**
 * Refuses a request in words, in the language of its address: with a page that says what to do, or with JSON where a
 * program asks. Nothing is rendered for it but the first time.
 * @param methods that the address takes, where it does not take this one
 */
export async function refuseWith(
  { next, request, response }: Refused,
  refusal: Refusal,
  methods: readonly Method[] = [],
): Promise<void> {
  const { status } = REFUSALS[refusal];
  if (refusal === "other-address") noteOtherAddress(request.headers.host, new Date());
  const { type, policy, body } = await wordsFor(next, request, refusal);
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "content-security-policy": policy,
    "cache-control": "no-store",
    // The rest of a body that nobody reads would be taken for the next request.
    ...(request.method === "GET" || request.method === "HEAD" ? {} : { connection: "close" }),
    ...(status === 405 ? { allow: allowed(methods) } : {}),
    ...(status === 429 ? { "retry-after": String(WAIT_S) } : {}),
  });
  response.end(request.method === "HEAD" ? undefined : body);
  request.resume();
}

const allowed = (methods: readonly Method[]) =>
  [...new Set(methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : method)))].join(", ");

type Words = { type: string; policy: string; body: string };

async function wordsFor(next: NextHandler, request: IncomingMessage, refusal: Refusal): Promise<Words> {
  const { url = "/", headers } = request;
  const json = (body: unknown): Words => ({
    type: "application/json",
    policy: ENDPOINT_POLICY,
    body: JSON.stringify(body),
  });
  const { code } = REFUSALS[refusal];
  if (url.startsWith("/api/")) return json({ error: { code, message: plainWords(DEFAULT_LOCALE, refusal) } });
  if (headers.accept?.includes("application/json")) return json({ errors: { "": [code] } });
  const locale = localeOf(url);
  const page = await refusalPage(next, locale, refusal);
  return page === null
    ? { type: "text/plain; charset=utf-8", policy: ENDPOINT_POLICY, body: `${plainWords(locale, refusal)}\n` }
    : {
        type: "text/html; charset=utf-8",
        policy: DOCUMENT_POLICY,
        body: page.replaceAll(HERE, () => pathOf(url)),
      };
}

/** Path and query as they may stand in an attribute. */
function pathOf(target: string): string {
  if (!URL.canParse(target, "http://localhost")) return "/";
  const { pathname, search } = new URL(target, "http://localhost");
  return `${pathname}${search}`.replace(/["&'<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function plainWords(locale: Locale, refusal: Refusal): string {
  return translator(locale, "site")(`refused.${refusal}.title`);
}

/** By hand: an address that is refused may be none that can be parsed. */
function localeOf(target: string): Locale {
  const first = target.slice(1).split(/[/?#]/, 1)[0];
  return isLocale(first) ? first : DEFAULT_LOCALE;
}

/** At most one for each refusal and language, of the person who renders them. */
const pages = new WeakMap<NextHandler, Map<string, Promise<string | null>>>();

function refusalPage(next: NextHandler, locale: Locale, refusal: Refusal): Promise<string | null> {
  const url = `/${locale}/refused/${refusal}`;
  const own = pages.get(next) ?? new Map();
  pages.set(next, own);
  const known = own.get(url);
  if (known) return known;
  const made = callNext(next, { url, headers: {} }, {}).then((rendered) => {
    if (!rendered) own.delete(url);
    return rendered && withoutScripts(rendered.body.toString("utf8"));
  });
  own.set(url, made);
  return made;
}
