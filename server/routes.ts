import { HURRY } from "@/lib/env";
import { ANSWER_MS } from "@/lib/http/deadline";
import type { LineName } from "@/server/lines";

/**
 * What a route is, and with that how it is answered.
 * - `document`: only read, without scripts, the same for everybody: kept whole. `embed`: one that others may frame.
 * - `shell`: shows nothing of anybody until somebody types: kept whole, with its scripts.
 * - `page`: made for one visitor, under a nonce. `form`: what a page's form is posted to, its `submit/route.ts`.
 * - `json`: for programs; kept where its `cache` is public. `upload`: a form with a file, read by its handler as it comes.
 * - `stream`: a file to take away, sent as it is made.
 */
export type Kind = "document" | "embed" | "shell" | "page" | "form" | "json" | "upload" | "stream";

/** Who may use it. The page or verb behind it decides; the matrix of who may do what is made of this column. */
export type Access =
  | "everybody"
  /** Who holds the link in the address. */
  | "link"
  /** Administrators: between both steps of signing in; after the first one; any; those who decide; who write; owners. */
  | "half"
  | "begun"
  | "reader"
  | "moderator"
  | "editor"
  | "owner"
  /** Programs, by a secret of their own. */
  | "secret";

/** Whose pages may send to it: the site's own; none, but who signs what is sent, or who brings a key as bearer. */
export type Origin = "own" | "signed" | "key";

/**
 * Who may keep the answer: anybody for ever, since its address changes with it; others for a moment, with no
 * stale names; the visitor's Back button; nobody.
 */
export type Cache = "for ever" | "public" | "names" | "restorable" | "private" | "none";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export type Route = {
  /** Its folder in `app`, without language and groups; a form's is that of its page. */
  pattern: string;
  kind: Kind;
  /** HEAD comes with GET. */
  methods: readonly Method[];
  access: Access;
  origin: Origin;
  /** How many bytes may be sent to it, and how long that may take in milliseconds. */
  body: { bytes: number; ms: number };
  /** From arrival to the head of the answer, in milliseconds; one that is not made for one visitor is whole by then. */
  deadline: number;
  /** Where it waits for its turn. A list's pages are `shared` without a query, and `search` where it asks for words. */
  line: LineName;
  frame: "nobody" | "anybody";
  cache: Cache;
  /** The parameters that a kept answer heeds, and of which values; `null` is any. */
  heeds: Record<string, readonly string[] | null>;
};

/** How long a body of a few pages may take, in milliseconds. */
const BODY_MS = 15_000 / HURRY;
const NO_BODY = { bytes: 0, ms: 0 };
/** The longest form that a person fills in is far smaller. */
const FORM_BODY = { bytes: 64 * 1024, ms: BODY_MS };
/** A letter's text of 200,000 characters, of three bytes each, with its other fields. */
const TEXT_BODY = { bytes: 704 * 1024, ms: BODY_MS };
/** A provider's event quotes a mail's headers. */
const EVENT_BODY = { bytes: 256 * 1024, ms: BODY_MS };

/** A picture of somewhat more than may be kept, so that most of the too large ones are told so by name. */
const PICTURE_BODY = { bytes: 4 * 1024 * 1024, ms: 60_000 / HURRY };

const READ = {
  methods: ["GET"],
  access: "everybody",
  origin: "own",
  body: NO_BODY,
  deadline: ANSWER_MS,
  frame: "nobody",
  heeds: {},
} as const;

/** What each kind is where its line says nothing else. */
export const KINDS = {
  document: { ...READ, kind: "document", line: "shared", cache: "names" },
  embed: { ...READ, kind: "embed", line: "shared", cache: "names", frame: "anybody" },
  shell: { ...READ, kind: "shell", line: "shared", cache: "private" },
  page: { ...READ, kind: "page", line: "page", cache: "private" },
  form: { ...READ, kind: "form", line: "submission", cache: "none", methods: ["POST"], body: FORM_BODY },
  json: { ...READ, kind: "json", line: "endpoint", cache: "none" },
  upload: { ...READ, kind: "upload", line: "files", cache: "none", methods: ["POST"] },
  stream: { ...READ, kind: "stream", line: "files", cache: "private" },
} as const satisfies Record<Kind, Omit<Route, "pattern">>;

const any = (...names: string[]) => Object.fromEntries(names.map((name) => [name, null]));

const line = (kind: Kind, pattern: string, own: Partial<Route> = {}): Route => ({
  ...KINDS[kind],
  pattern,
  ...own,
});

/** Every address of `app`: a page is a line here and its folder, and a form a line more. */
export const ROUTES: readonly Route[] = [
  line("document", "/"),
  line("document", "/imprint"),
  line("document", "/privacy"),
  line("document", "/accessibility"),
  line("document", "/accent/[sheet]", { cache: "for ever" }),
  line("document", "/logo/[id]", { cache: "for ever" }),
  line("document", "/robots.txt", { cache: "public" }),
  line("document", "/sitemap.xml", { cache: "public" }),
  line("document", "/favicon.ico", { cache: "public" }),
  line("document", "/apple-touch-icon.png", { cache: "public" }),
  line("document", "/letters"),
  line("document", "/letters/[slug]"),
  line("document", "/letters/[slug]/versions/[number]"),
  line("document", "/letters/[slug]/share.png", { cache: "public" }),
  line("document", "/letters/[slug]/feed.xml", { cache: "public" }),
  line("document", "/pictures/[name]", { cache: "for ever", line: "search" }),
  line("page", "/preview/[token]", { line: "link", cache: "none" }),
  line("stream", "/preview/[token]/pictures/[name]", { cache: "none" }),
  line("document", "/letters/[slug]/signatories", {
    line: "list",
    heeds: any("kind", "country", "q", "page", "after", "before"),
  }),
  line("document", "/letters/[slug]/letter.pdf"),
  line("stream", "/letters/[slug]/signatories.csv", { line: "search", cache: "names" }),
  line("stream", "/letters/[slug]/signatories.json", { line: "search", cache: "names" }),
  line("shell", "/letters/[slug]/sign", {
    cache: "restorable",
    heeds: { as: ["organisation", "individual"] },
  }),
  line("form", "/letters/[slug]/sign"),
  line("shell", "/letters/[slug]/sign/check-your-mailbox"),
  line("shell", "/signatures", { heeds: { sent: ["1"], done: ["moved", "stopped"] } }),
  line("form", "/signatures"),
  line("page", "/signatures/[token]/confirm", { access: "link", line: "link" }),
  line("form", "/signatures/[token]/confirm", { access: "link" }),
  line("page", "/signatures/[token]", { access: "link", line: "link" }),
  line("form", "/signatures/[token]", { access: "link" }),
  line("page", "/letters/[slug]/signatories/[entry]/objection", { line: "link", cache: "none" }),
  line("form", "/letters/[slug]/signatories/[entry]/objection"),
  line("page", "/objections/[token]", { access: "link", line: "link" }),
  line("form", "/objections/[token]", { access: "link" }),
  // Where the links of discreet emails lead on from.
  line("page", "/m/[token]", { access: "link", line: "link" }),
  line("page", "/signatures/[token]/address", { access: "link", line: "link" }),
  line("form", "/signatures/[token]/address", { access: "link" }),
  line("page", "/signatures/[token]/data", { access: "link", line: "link" }),
  line("json", "/signatures/[token]/download", { access: "link", line: "link" }),
  line("json", "/signatures/[token]/receipt", { access: "link", line: "link" }),
  line("page", "/stop-emails/[token]"),
  line("form", "/stop-emails/[token]"),
  // What the server shows in place of another page.
  line("page", "/refused/[reason]"),
  line("page", "/unavailable"),
  line("page", "/[...rest]"),

  line("page", "/admin", { access: "reader" }),
  line("shell", "/admin/sign-in", { heeds: { first: ["1"], failed: ["1"], next: null } }),
  line("form", "/admin/sign-in"),
  line("document", "/admin/sign-in/check-your-mailbox", { cache: "private" }),
  line("page", "/admin/sign-in/[token]"),
  line("form", "/admin/sign-in/[token]"),
  line("form", "/admin/sign-out"),
  line("page", "/admin/not-allowed", { access: "reader" }),
  line("page", "/admin/second-factor", { access: "half" }),
  line("form", "/admin/second-factor", { access: "begun" }),
  line("page", "/admin/account", { access: "reader" }),
  line("form", "/admin/account", { access: "reader" }),
  line("page", "/admin/team", { access: "owner" }),
  line("form", "/admin/team", { access: "owner" }),
  line("page", "/admin/site", { access: "owner" }),
  line("form", "/admin/site", { access: "owner", body: TEXT_BODY }),
  line("page", "/admin/site/logo", { access: "owner" }),
  line("upload", "/admin/site/logo", {
    access: "owner",
    body: PICTURE_BODY,
    deadline: PICTURE_BODY.ms + ANSWER_MS,
  }),
  line("page", "/admin/objections", { access: "moderator" }),
  line("form", "/admin/objections", { access: "moderator" }),
  line("page", "/admin/data", { access: "owner" }),
  line("form", "/admin/data", { access: "owner" }),
  line("page", "/admin/data/[request]", { access: "owner", cache: "none" }),
  line("form", "/admin/data/[request]", { access: "owner" }),
  line("json", "/admin/data/[request]/download", { access: "owner", line: "page" }),
  line("page", "/admin/audit", { access: "owner" }),
  line("page", "/admin/letters", { access: "reader" }),
  line("page", "/admin/letters/new", { access: "editor" }),
  line("form", "/admin/letters/new", { access: "editor" }),
  line("page", "/admin/letters/[slug]", { access: "reader" }),
  line("page", "/admin/letters/[slug]/text", { access: "reader" }),
  line("form", "/admin/letters/[slug]/text", { access: "editor", body: TEXT_BODY }),
  line("page", "/admin/letters/[slug]/pictures", { access: "reader" }),
  line("upload", "/admin/letters/[slug]/pictures", {
    access: "editor",
    body: PICTURE_BODY,
    // Its bytes may take as long as their line allows; then it is encoded.
    deadline: PICTURE_BODY.ms + 15_000,
  }),
  line("stream", "/admin/letters/[slug]/pictures/[name]", { access: "reader" }),
  line("page", "/admin/letters/[slug]/versions", { access: "reader" }),
  line("form", "/admin/letters/[slug]/versions", { access: "editor" }),
  line("page", "/admin/letters/[slug]/settings", { access: "editor" }),
  line("form", "/admin/letters/[slug]/settings", { access: "editor" }),
  line("page", "/admin/letters/[slug]/statistics", { access: "reader" }),
  line("stream", "/admin/letters/[slug]/statistics/csv", { access: "reader" }),
  line("page", "/admin/letters/[slug]/export", { access: "moderator" }),
  line("form", "/admin/letters/[slug]/export", { access: "moderator" }),
  line("json", "/admin/letters/[slug]/export/[id]/progress", {
    access: "moderator",
    line: "page",
    cache: "private",
  }),
  line("stream", "/admin/letters/[slug]/export/[id]/file", { access: "moderator" }),
  line("page", "/admin/letters/[slug]/signatures", { access: "moderator" }),
  line("form", "/admin/letters/[slug]/signatures", { access: "moderator" }),
  line("page", "/admin/letters/[slug]/signatures/[id]", { access: "moderator" }),
  line("form", "/admin/letters/[slug]/signatures/[id]", { access: "moderator" }),
  line("page", "/admin/signatures", { access: "moderator" }),
  line("form", "/admin/signatures", { access: "moderator" }),
  // Leads to the signature's page, for those who know its id alone.
  line("page", "/admin/signatures/[id]", { access: "moderator" }),
  line("page", "/admin/bulk", { access: "moderator" }),
  line("page", "/admin/bulk/[id]", { access: "moderator" }),
  line("form", "/admin/bulk/[id]", { access: "moderator" }),
  line("json", "/admin/bulk/[id]/progress", { access: "moderator", line: "page", cache: "private" }),
  line("page", "/admin/protection/blocklist", { access: "moderator" }),
  line("form", "/admin/protection/blocklist", { access: "moderator" }),
  line("page", "/admin/protection/watchlist", { access: "moderator" }),
  line("form", "/admin/protection/watchlist", { access: "moderator" }),
  line("page", "/admin/emails", { access: "moderator" }),
  line("form", "/admin/emails", { access: "moderator" }),
  line("page", "/admin/emails/test", { access: "owner" }),
  line("form", "/admin/emails/test", { access: "owner" }),

  line("json", "/api/v1/letters/[slug]", { line: "shared", cache: "public" }),
  line("json", "/api/v1/letters/[slug]/signatories", {
    line: "list",
    cache: "names",
    heeds: any("kind", "country", "q", "limit", "cursor"),
  }),
  line("json", "/api/proof"),
  line("json", "/api/webhooks/resend", {
    methods: ["POST"],
    access: "secret",
    origin: "signed",
    body: EVENT_BODY,
  }),
  line("json", "/api/health", { line: "operations" }),
  line("json", "/api/ready", { line: "operations" }),
  line("json", "/api/metrics", { access: "secret", line: "operations" }),
  line("json", "/api/[...rest]", { methods: ["GET", "POST"] }),
];

/** Where pages were in earlier versions, for bookmarks and for links in emails. */
export const MOVED: Readonly<Record<string, string>> = {
  "/admin/blocks": "/admin/protection/blocklist",
  "/admin/watchlist": "/admin/protection/watchlist",
  "/admin/mails": "/admin/emails",
  "/admin/security": "/admin/account",
  "/admin/sessions": "/admin/account",
};

/** Its folder as Next knows it. */
export function folderOf({ pattern, kind }: Route): string {
  const folder = pattern.startsWith("/api/") ? pattern : `/[locale]${pattern === "/" ? "" : pattern}`;
  return isSent(kind) ? `${folder}/submit` : folder;
}

/** Whether it is what a page's form is posted to. */
export const isSent = (kind: Kind) => kind === "form" || kind === "upload";

/** Whether an answer is the same for everybody and kept. */
export const isKept = ({ kind, cache }: Route) =>
  kind === "document" ||
  kind === "embed" ||
  kind === "shell" ||
  (kind === "json" && (cache === "public" || cache === "names"));
