import type { AdminAction } from "@/lib/auth/permissions";
import { type Access, ROUTES } from "@/server/routes";

/**
 * Who asks. `half` has used an owner's mailed link and has the second factor still to prove; `elsewhere` is an editor of
 * another letter alone.
 */
export const VISITORS = ["anonymous", "half", "elsewhere", "reader", "moderator", "editor", "owner"] as const;

export type Visitor = (typeof VISITORS)[number];

const ALL: readonly Visitor[] = VISITORS;
const ANY: readonly Visitor[] = ["elsewhere", "reader", "moderator", "editor", "owner"];
/** Whose role is for the letter that is asked for, or for the site. */
const WHOLE: readonly Visitor[] = ["reader", "moderator", "editor", "owner"];
const SIGNED_IN: readonly Visitor[] = ["half", ...ANY];
const DECIDERS: readonly Visitor[] = ["moderator", "editor", "owner"];
const ANY_DECIDER: readonly Visitor[] = ["elsewhere", ...DECIDERS];
const EDITORS: readonly Visitor[] = ["editor", "owner"];
const OWNERS: readonly Visitor[] = ["owner"];

/** Each permission with whom it must be open to: said a second time, so that no slip in the table goes unseen. */
export const ACTIONS: Record<AdminAction, readonly Visitor[]> = {
  "signature.read": DECIDERS,
  "signature.moderate": DECIDERS,
  "export.make": DECIDERS,
  "export.hidden": OWNERS,
  "letter.read": WHOLE,
  "letter.edit": EDITORS,
  "names.show": OWNERS,
  "letter.create": EDITORS,
  "letter.feature": EDITORS,
  "statistics.read": WHOLE,
  "site.edit": OWNERS,
  "data.manage": OWNERS,
  "watchlist.read": DECIDERS,
  "watchlist.edit": DECIDERS,
  "blocklist.read": DECIDERS,
  "blocklist.edit": DECIDERS,
  "bulk.read": DECIDERS,
  "bulk.run": DECIDERS,
  "mail.read": DECIDERS,
  "mail.resend": DECIDERS,
  "mail.allow": DECIDERS,
  "mail.raise": DECIDERS,
  "audit.head": OWNERS,
  "team.manage": OWNERS,
  "session.own": ANY,
};

/** Something that can be read: who may, with which status, and with which where it is not theirs or does not exist. */
export type Reading = { who: readonly Visitor[]; ok?: number; other?: number };

/** Whom a line of the table of routes lets in. */
export const LET_IN: Record<Access, readonly Visitor[]> = {
  everybody: ALL,
  // Whoever holds the link: another one shows nothing of anybody.
  link: ALL,
  // By its own secret, which is not configured here.
  secret: ALL,
  half: ["half"],
  begun: SIGNED_IN,
  reader: WHOLE,
  moderator: DECIDERS,
  editor: EDITORS,
  owner: OWNERS,
};

/** Pages of no one letter, which show whoever has some letters what is theirs. */
const FOR_ANY = ["/admin", "/admin/not-allowed", "/admin/account", "/admin/letters"];
/** The same for those who decide on signatures. */
const FOR_ANY_DECIDER = [
  "/admin/signatures",
  "/admin/bulk",
  "/admin/objections",
  "/admin/protection/watchlist",
];

/** What is not 200, and what another one's is answered with. */
const STATUSES: Record<string, Omit<Reading, "who">> = {
  "/[...rest]": { ok: 404 },
  // None of that name, and no picture is set.
  "/accent/[sheet]": { ok: 404 },
  "/logo/[id]": { ok: 404 },
  "/letters/[slug]": { other: 404 },
  "/letters/[slug]/versions/[number]": { other: 404 },
  // None is drawn here.
  "/letters/[slug]/share.png": { ok: 404 },
  "/letters/[slug]/feed.xml": { other: 404 },
  // Lead to files of the build.
  "/favicon.ico": { ok: 308 },
  "/apple-touch-icon.png": { ok: 308 },
  "/letters/[slug]/sign": { other: 404 },
  "/letters/[slug]/sign/check-your-mailbox": { other: 404 },
  "/letters/[slug]/signatories": { other: 404 },
  // No worker has made it.
  "/letters/[slug]/letter.pdf": { ok: 503, other: 404 },
  // The letter offers none.
  "/letters/[slug]/signatories.csv": { ok: 404, other: 404 },
  "/letters/[slug]/signatories.json": { ok: 404, other: 404 },
  "/signatures/[token]/confirm": { other: 404 },
  // The link of one's own signature; a confirmation link that lost its end leads to its page.
  "/signatures/[token]": { ok: 307, other: 404 },
  // Leads to the page of that link.
  "/m/[token]": { ok: 307, other: 404 },
  "/signatures/[token]/address": { ok: 404, other: 404 },
  "/signatures/[token]/data": { ok: 404, other: 404 },
  "/signatures/[token]/download": { ok: 404, other: 404 },
  "/signatures/[token]/receipt": { ok: 404, other: 404 },
  "/letters/[slug]/signatories/[entry]/objection": { other: 404 },
  // No objection has this token.
  "/objections/[token]": { ok: 404, other: 404 },
  "/refused/[reason]": { ok: 404 },
  // Whoever holds the link; nothing of anybody is shown.
  "/stop-emails/[token]": { ok: 404 },
  "/unavailable": { ok: 503 },
  "/admin/letters/[slug]": { other: 404 },
  "/admin/letters/[slug]/settings": { other: 404 },
  "/admin/letters/[slug]/text": { other: 404 },
  "/admin/letters/[slug]/statistics": { other: 404 },
  "/admin/letters/[slug]/statistics/csv": { other: 404 },
  "/admin/letters/[slug]/versions": { other: 404 },
  "/admin/letters/[slug]/pictures": { other: 404 },
  "/admin/letters/[slug]/pictures/[name]": { other: 404 },
  "/pictures/[name]": { other: 404 },
  "/preview/[token]": { other: 404 },
  "/preview/[token]/pictures/[name]": { other: 404 },
  "/admin/bulk/[id]": { other: 404 },
  "/admin/bulk/[id]/progress": { other: 404 },
  // A request that is over: its name is made for one owner, for a while.
  "/admin/data/[request]": { ok: 404 },
  "/admin/data/[request]/download": { ok: 404 },
  "/admin/not-allowed": { ok: 403 },
  "/admin/letters/[slug]/export": { other: 404 },
  // Each one's own file alone, and here nobody has one.
  "/admin/letters/[slug]/export/[id]/progress": { ok: 404, other: 404 },
  "/admin/letters/[slug]/export/[id]/file": { ok: 404, other: 404 },
  "/admin/letters/[slug]/signatures": { other: 404 },
  // Another one's mailbox is not verified yet: no moderator sees it.
  "/admin/letters/[slug]/signatures/[id]": { other: 404 },
  // Leads to the page of the letter's.
  "/admin/signatures/[id]": { ok: 308, other: 404 },
  "/api/[...rest]": { ok: 404 },
  "/api/metrics": { ok: 401 },
  "/api/v1/letters/[slug]": { other: 404 },
  "/api/v1/letters/[slug]/signatories": { other: 404 },
};

function whoReads(pattern: string, access: Access): readonly Visitor[] {
  if (FOR_ANY.includes(pattern)) return ANY;
  return FOR_ANY_DECIDER.includes(pattern) ? ANY_DECIDER : LET_IN[access];
}

/** Every address that answers a GET. */
export const READINGS: Record<string, Reading> = Object.fromEntries(
  ROUTES.filter(({ methods }) => methods.includes("GET")).map(({ pattern, access }) => [
    pattern,
    { who: whoReads(pattern, access), ...STATUSES[pattern] },
  ]),
);

/**
 * Who may post a form, and what would do as its values; `each` where there is one for each of many things, whose id
 * follows the form's name.
 */
export type Form = { who: readonly Visitor[]; each?: true; values?: Record<string, string> };

const LIST_FORMS: Record<string, Form> = {
  // Narrows what they see, whatever that is.
  filters: { who: ANY_DECIDER },
  "bulk-action": { who: DECIDERS, values: { operation: "REJECT" } },
};

/** Every form, by the folder of its page and the name that it is posted with; an endpoint's own POST has no name. */
export const FORMS: Record<string, Record<string, Form>> = {
  "/letters/[slug]/sign": { sign: { who: ALL } },
  "/signatures": { resend: { who: ALL } },
  "/signatures/[token]/confirm": {
    confirm: { who: ALL },
    edit: { who: ALL, each: true },
    delete: { who: ALL, each: true },
    own: { who: ALL, each: true },
    resend: { who: ALL },
  },
  "/signatures/[token]": {
    "confirm-again": { who: ALL, each: true },
    hide: { who: ALL, each: true },
    "hide-representative": { who: ALL, each: true },
    show: { who: ALL, each: true },
    correct: { who: ALL, each: true, values: { fullName: "Else", country: "FR" } },
    move: { who: ALL, each: true, values: { email: "else@example.org" } },
    "stop-move": { who: ALL, each: true },
    stop: { who: ALL, each: true },
    discreet: { who: ALL, each: true },
    "updates-on": { who: ALL, each: true },
    "updates-off": { who: ALL, each: true },
    withdraw: { who: ALL, each: true },
    "remove-note": { who: ALL, each: true },
    "end-links": { who: ALL },
  },
  "/signatures/[token]/address": { move: { who: ALL }, stop: { who: ALL } },
  "/stop-emails/[token]": { stop: { who: ALL } },
  "/admin/sign-in": { "sign-in": { who: ALL } },
  "/admin/sign-in/[token]": { "use-link": { who: ALL } },
  "/admin/sign-out": { "sign-out": { who: ALL } },
  "/admin/second-factor": {
    askPasskey: { who: SIGNED_IN },
    verifyPasskey: { who: SIGNED_IN, values: { answer: "{}" } },
    recoveryCode: { who: SIGNED_IN, values: { code: "0000-0000-0000-0000" } },
    offerPasskey: { who: SIGNED_IN, values: { passkeyName: "Key" } },
    addPasskey: { who: SIGNED_IN, values: { passkeyName: "Key", answer: "{}" } },
  },
  "/admin/account": {
    offerPasskey: { who: ANY, values: { passkeyName: "Key" } },
    addPasskey: { who: ANY, values: { passkeyName: "Key", answer: "{}" } },
    newCodes: { who: ANY },
    renamePasskey: { who: ANY, each: true, values: { passkeyName: "Mine now" } },
    removePasskey: { who: ANY, each: true },
    endSession: { who: ANY, each: true },
    endOthers: { who: ANY },
    notices: { who: ANY, values: { notices: "NONE", noticeHour: "8", timeZone: "UTC" } },
  },
  "/admin/team": {
    invite: { who: OWNERS, values: { email: "guest@example.org", role: "READER", reach: "ALL" } },
    changeRole: { who: OWNERS, each: true, values: { role: "OWNER", reach: "ALL" } },
    removeAdmin: { who: OWNERS, each: true },
  },
  "/admin/site": {
    basics: {
      who: OWNERS,
      values: { organiserName: "Somebody", contact: "us@example.org", privacy: "Words" },
    },
    organiser: { who: OWNERS, values: { organiserName: "Somebody", contact: "us@example.org" } },
    accent: { who: OWNERS, values: { accentHue: "120" } },
    texts: { who: OWNERS, values: { language: "en", privacy: "Words" } },
    links: { who: OWNERS },
    countries: { who: OWNERS, values: { country: "TW", "name-en": "Taiwan" } },
    key: { who: OWNERS, values: { keyKept: "on" } },
    defaults: { who: OWNERS, values: { timeZone: "UTC", locale: "en" } },
    "remove-logo": { who: OWNERS },
  },
  "/admin/site/logo": { logo: { who: OWNERS } },
  "/letters/[slug]/signatories/[entry]/objection": {
    object: { who: ALL, values: { email: "somebody@objects.example" } },
  },
  "/objections/[token]": { "confirm-objection": { who: ALL } },
  "/admin/objections": {
    keep: { who: DECIDERS, each: true },
    remove: { who: DECIDERS, each: true, values: { reason: "Not genuine" } },
  },
  "/admin/data/[request]": {
    "erase-all": { who: OWNERS },
    erase: { who: OWNERS, each: true },
    "erase-objection": { who: OWNERS, each: true },
    "allow-emails": { who: OWNERS },
  },
  "/admin/data": {
    find: { who: OWNERS, values: { email: "nobody@data.example" } },
    months: { who: OWNERS, each: true, values: { recordMonths: "12" } },
    confirm: { who: OWNERS, each: true, values: { recordTime: "2030-01-01T00:00:00.000Z" } },
    cancel: { who: OWNERS, each: true },
  },
  "/admin/letters/new": {
    create: { who: EDITORS, values: { title: "A new one", locale: "en", organiserName: "Somebody" } },
  },
  "/admin/letters/[slug]/text": {
    text: { who: EDITORS, values: { title: "Changed", revision: "0" } },
  },
  "/admin/emails/test": { "test-email": { who: OWNERS } },
  "/admin/letters/[slug]/pictures": {
    picture: { who: EDITORS, values: { alt: "A dot" } },
    "remove-picture": { who: EDITORS, values: { name: "none" } },
  },
  "/admin/letters/[slug]/versions": { "publish-version": { who: EDITORS, values: { reason: "why" } } },
  "/admin/letters/[slug]/export": {
    export: { who: DECIDERS, values: { format: "CSV", "column-name": "on" } },
  },
  "/admin/letters/[slug]/settings": {
    "closing-note": { who: EDITORS, values: { note: "A note" } },
    times: { who: EDITORS, values: { closesAt: "2999-01-01T00:00" } },
    signing: { who: EDITORS, values: { individuals: "on", organisations: "on", websiteRequired: "on" } },
    list: { who: EDITORS, values: { namesShown: "100", listOrder: "NAME" } },
    words: { who: EDITORS, values: { locale: "en", consentLine: "I agree." } },
    organisers: { who: EDITORS, values: { organiserName: "Example" } },
    "hide-names": { who: EDITORS, values: { whose: "FR" } },
    "show-names": { who: OWNERS, each: true },
    pin: { who: EDITORS, each: true },
    raise: { who: EDITORS, each: true },
    unpin: { who: EDITORS, each: true },
    places: { who: EDITORS, values: { listed: "on" } },
    timeline: { who: EDITORS, values: { day: "2026-01-01", entry: "Delivered" } },
    "remove-line": { who: EDITORS, each: true },
    remove: { who: EDITORS, each: true },
    close: { who: EDITORS },
    archive: { who: EDITORS },
    unarchive: { who: EDITORS },
    unpublish: { who: EDITORS },
    "publish-again": { who: EDITORS },
    address: { who: EDITORS, values: { slug: "elsewhere" } },
  },
  "/admin/letters/[slug]/signatures/[id]": {
    approve: { who: DECIDERS },
    markExpert: { who: DECIDERS },
    unmarkExpert: { who: DECIDERS },
    release: { who: DECIDERS },
    hold: { who: DECIDERS },
    correct: { who: DECIDERS, values: { fullName: "Else", country: "FR" } },
    reject: { who: DECIDERS, values: { reason: "a reason" } },
    "allow-mail": { who: DECIDERS },
    hide: { who: DECIDERS },
    "start-move": { who: DECIDERS, values: { email: "else@example.org" } },
    "approve-move": { who: DECIDERS, each: true },
    "refuse-move": { who: DECIDERS, each: true },
    "approve-change": { who: DECIDERS, each: true },
    "refuse-change": { who: DECIDERS, each: true, values: { reason: "a reason" } },
    withdraw: { who: DECIDERS },
  },
  "/admin/protection/blocklist": {
    "add-block": { who: DECIDERS, values: { kind: "DOMAIN", pattern: "blocked.example", reason: "why" } },
    remove: { who: DECIDERS, each: true },
  },
  "/admin/protection/watchlist": {
    add: { who: DECIDERS, each: true, values: { watchlistName: "Somebody Known" } },
    remove: { who: DECIDERS, each: true },
  },
  "/admin/signatures": LIST_FORMS,
  "/admin/letters/[slug]/signatures": LIST_FORMS,
  "/admin/bulk/[id]": { run: { who: DECIDERS, values: { reason: "why" } }, "undo-action": { who: DECIDERS } },
  "/admin/emails": {
    resend: { who: DECIDERS, each: true },
    "resend-all": { who: DECIDERS },
    "allow-mail": { who: DECIDERS, each: true },
    "raise-limit": { who: DECIDERS, each: true },
  },
  "/api/[...rest]": { "": { who: ALL } },
  // By the provider's signature alone; no secret is configured here.
  "/api/webhooks/resend": { "": { who: ALL } },
};
