import { publicId } from "@/lib/http/public-ids";
import { individualForm, organisationForm } from "../../support/post";

/** A form, with values that would do, of which one at a time becomes hostile. */
export type FormTarget = { path: string; values: Record<string, string>; admin: boolean };

/** What the targets are about: ids of rows that are there. */
export type Known = { letterId: string; signatureId: string; revision: string; state: string };

const sign = (kind: string) => `/letters/uyghurs/sign?as=${kind}`;
const more = { updates: "on", comment: "a comment", proofOfWork: "x" };

/** Every form that is served, the one that signs out apart. */
export function formTargets({ letterId, signatureId, revision, state }: Known): FormTarget[] {
  const seen = { state, revision: String(Number(revision) + 1_000) };
  const signature = `/admin/letters/uyghurs/signatures/${publicId(signatureId)}?state=verified`;
  const open: [string, Record<string, string>][] = [
    [
      sign("individual"),
      {
        ...individualForm("hostile@hostile.example"),
        ...more,
        title: "Dr",
        position: "Reader",
        affiliation: "University",
        orcid: "0000-0002-1825-0097",
      },
    ],
    [sign("organisation"), { ...organisationForm("hostile@hostile.example", "Example Trust"), ...more }],
    ["/signatures/unknown/confirm", { form: "confirm", [`entry.${publicId(signatureId)}`]: "1" }],
    ["/signatures/unknown/confirm", { form: "resend", email: "nobody@hostile.example" }],
    ["/admin/sign-in", { email: "nobody@hostile.example" }],
    ["/admin/sign-in/unknown", { form: "use-link" }],
  ];
  const admin: [string, Record<string, string>][] = [
    [signature, { form: "approve", as: "expert", ...seen }],
    [signature, { form: "reject", reason: "a reason", ...seen }],
    [
      signature,
      {
        form: "correct",
        ...seen,
        fullName: "Ada",
        country: "GB",
        title: "Dr",
        position: "Reader",
        affiliation: "U",
      },
    ],
    [
      signature,
      { form: "correct", ...seen, organisationName: "Trust", country: "GB", website: "https://example.org/" },
    ],
    [
      "/admin/protection/blocklist",
      { form: "add-block", kind: "DOMAIN", pattern: "blocked.hostile.example", reason: "a reason" },
    ],
    ["/admin/protection/blocklist", { form: `remove.${publicId(signatureId)}` }],
    [
      "/admin/protection/watchlist",
      { form: `add.${publicId(letterId)}`, watchlistName: "Ada Watched", watchedNote: "x", note: "x" },
    ],
    ["/admin/protection/watchlist", { form: `remove.${publicId(signatureId)}` }],
    [
      `/admin/letters/uyghurs/signatures?state=verified&domains=bulk.hostile.example`,
      { form: "bulk-action", operation: "REJECT" },
    ],
    [`/admin/bulk/${publicId(signatureId)}`, { form: "run", reason: "a reason" }],
    [`/admin/bulk/${publicId(signatureId)}`, { form: "undo-action" }],
    ["/admin/team", { form: "invite", email: "team@hostile.example", role: "READER" }],
    ["/admin/team", { form: `changeRole.${publicId(signatureId)}`, role: "READER" }],
    ["/admin/account", { form: `endSession.${publicId(signatureId)}` }],
    ["/admin/account", { form: `renamePasskey.${publicId(signatureId)}`, name: "Key", passkeyName: "Key" }],
    ["/admin/account", { form: "addPasskey", answer: "{}", name: "Key" }],
    ["/admin/second-factor", { form: "verifyPasskey", answer: "{}" }],
    ["/admin/second-factor", { form: "recoveryCode", code: "x" }],
    ["/admin/emails", { form: `resend.${publicId(signatureId)}` }],
  ];
  return [
    ...open.map(([path, values]) => ({ path, values, admin: false })),
    ...admin.map(([path, values]) => ({ path, values, admin: true })),
  ];
}

/** Every address with a place for a text: the mark `*` is where it goes. */
export function addressTargets({ signatureId }: Known): { path: string; admin: boolean }[] {
  const open = [
    "/*",
    "/letters/*",
    "/letters/*/sign",
    "/letters/uyghurs/sign?as=*",
    "/letters/uyghurs/signatories?kind=*",
    "/letters/uyghurs/signatories?country=*",
    "/letters/uyghurs/signatories?q=*",
    "/letters/uyghurs/signatories?page=*",
    "/ar/letters/uyghurs/signatories?q=*",
    "/signatures/*/confirm",
    "/signatures/unknown/confirm?sent=*",
    "/admin/sign-in?first=*",
    "/admin/sign-in/*",
    "/api/*",
    "/api/v1/letters/*",
    "/api/v1/letters/*/signatories",
    "/api/v1/letters/uyghurs/signatories?kind=*",
    "/api/v1/letters/uyghurs/signatories?country=*",
    "/api/v1/letters/uyghurs/signatories?q=*",
    "/api/v1/letters/uyghurs/signatories?limit=*",
    "/api/v1/letters/uyghurs/signatories?cursor=*",
    "/_next/static/*",
    "/_next/image?url=*&w=64&q=75",
    "/_next/data/*",
  ];
  const admin = [
    "/admin/*",
    "/admin/signatures?state=*",
    "/admin/signatures?state=verified&after=*",
    "/admin/signatures?notice=*&was=*",
    "/admin/signatures/*",
    `/admin/letters/uyghurs/signatures/${publicId(signatureId)}?state=*`,
    "/admin/protection/blocklist?done=*",
    "/admin/protection/watchlist?done=*",
    ...["letter", "domains", "networks", "from", "until", "flag", "hold", "text"].map(
      (name) => `/admin/signatures?state=verified&state=pending&${name}=*`,
    ),
    "/admin/bulk/*",
    "/admin/bulk/*/progress",
    "/admin/emails?state=*",
    "/admin/emails?after=*",
    "/admin/team?done=*",
    "/admin/account?done=*",
  ];
  return [...open.map((path) => ({ path, admin: false })), ...admin.map((path) => ({ path, admin: true }))];
}

/** Headers that anything of ours, of Next's or of a proxy's may read. */
export const HEADERS = [
  "accept",
  "accept-language",
  "accept-encoding",
  "authorization",
  "cookie",
  "content-type",
  "origin",
  "referer",
  "user-agent",
  "if-none-match",
  "if-modified-since",
  "range",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-request-id",
  "forwarded",
  "next-action",
  "next-router-state-tree",
  "rsc",
  "x-middleware-subrequest",
  "svix-signature",
];
