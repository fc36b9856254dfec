import type { NextPage } from "@/app/[locale]/admin/_parts/account/next-page";
import { writeTimedId } from "@/app/[locale]/admin/_parts/places";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import { hiddenQuery } from "@/lib/moderation/filters/hidden-query";
import type { QueuePlace } from "@/lib/moderation/filters/read-matches";
import type { Filters } from "@/lib/moderation/filters/rules";
import { filterQuery } from "@/lib/moderation/filters/schemas";

export const NOTICES = [
  "approved",
  "rejected",
  "released",
  "held",
  "corrected",
  "expert",
  "notExpert",
  "mailAllowed",
  "hidden",
  "withdrawn",
  "changeApproved",
  "changeRefused",
  "notTold",
  "moveStarted",
  "moveApproved",
  "moveRefused",
  "samePerson",
  "tooEarly",
  "takenThere",
  "unchanged",
  "conflict",
] as const;

export type NoticeCode = (typeof NOTICES)[number];

/** A notice to show on the next page, and the signature that it is about where that is another one. */
export type Noted = { notice: NoticeCode; was?: string };

/** Whose signatures a list has: those of a letter, by its slug; of all letters. */
export type Whose = string | null;

type More = { after?: QueuePlace; noted?: Noted };

/** The address of a list of signatures, as filters narrow it. @param more.after where its page begins */
export function listPath(locale: string, whose: Whose, filters: Filters, more: More = {}): string {
  return localePath(locale, `${signaturesOf(whose)}?${withMore(queryOf(filters), more)}`);
}

/** @param slug its letter's; without it, the address that leads there */
export function signaturePath(locale: string, id: string, slug: string | null = null): string {
  return localePath(locale, `${signaturesOf(slug)}/${publicId(id)}`);
}

/** The address of a signature beside the page of a list, which may be that of all letters. */
export function besidePath(
  locale: string,
  { id, slug }: { id: string; slug: string },
  whose: Whose,
  filters: Filters,
  more: More = {},
): string {
  const query = withMore(queryOf(filters), more);
  if (whose === null) query.set("all", "1");
  return `${signaturePath(locale, id, slug)}?${query}`;
}

const signaturesOf = (whose: Whose) =>
  whose === null ? "/admin/signatures" : `/admin/letters/${whose}/signatures`;

/** The address of the page that exports a letter's signatures, as filters narrow them; without them, those that are approved. */
export function exportPath(locale: string, slug: string, filters?: Filters): string {
  const path = localePath(locale, `/admin/letters/${slug}/export`);
  return filters ? `${path}?${queryOf(filters)}` : path;
}

/** The same page, as one comes back to it from confirming who one is. */
export const nextExport = (slug: string, filters: Filters): NextPage =>
  `letters/${slug}/export?${queryOf(filters)}`;

/** The address below which one file is. */
export const exportFilePath = (locale: string, slug: string, id: string) =>
  `${exportPath(locale, slug)}/${publicId(id)}`;

export const bulkPath = (locale: string) => localePath(locale, "/admin/bulk");

/** The address of one bulk action, also while it is a draft. */
export const actionPath = (locale: string, id: string) => localePath(locale, `/admin/bulk/${publicId(id)}`);

function queryOf(filters: Filters): URLSearchParams {
  const query = filterQuery(filters);
  return filters.text === null ? query : hiddenQuery(query);
}

function withMore(query: URLSearchParams, { after, noted }: More): URLSearchParams {
  if (after) query.set("after", writeTimedId(after));
  if (noted) query.set("notice", noted.notice);
  if (noted?.was) query.set("was", publicId(noted.was));
  return query;
}
