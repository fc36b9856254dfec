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
  "corrected",
  "expert",
  "notExpert",
  "mailAllowed",
  "conflict",
] as const;

export type NoticeCode = (typeof NOTICES)[number];

/** A notice to show on the next page, and the signature that it is about where that is another one. */
export type Noted = { notice: NoticeCode; was?: string };

/** The address of the moderators' list, as filters narrow it. @param more.after where its page begins */
export function listPath(locale: string, filters: Filters, more: More = {}): string {
  return localePath(locale, `/admin/signatures?${withMore(queryOf(filters), more)}`);
}

/** The address of one signature, beside the page of the list that it was chosen from. */
export function signaturePath(locale: string, id: string, filters?: Filters, more: More = {}): string {
  const query = withMore(filters ? queryOf(filters) : new URLSearchParams(), more).toString();
  return localePath(locale, `/admin/signatures/${publicId(id)}${query && `?${query}`}`);
}

type More = { after?: QueuePlace; noted?: Noted };

export const bulkPath = (locale: string) => localePath(locale, "/admin/bulk");

/** The address of one bulk action, also while it is a draft. */
export const actionPath = (locale: string, id: string) => localePath(locale, `/admin/bulk/${publicId(id)}`);

function queryOf(filters: Filters): URLSearchParams {
  const query = filterQuery(filters, filters.letterId && publicId(filters.letterId));
  return filters.text === null ? query : hiddenQuery(query);
}

function withMore(query: URLSearchParams, { after, noted }: More): URLSearchParams {
  if (after) query.set("after", writeTimedId(after));
  if (noted) query.set("notice", noted.notice);
  if (noted?.was) query.set("was", publicId(noted.was));
  return query;
}
