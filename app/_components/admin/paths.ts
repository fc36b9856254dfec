import { writeTimedId } from "@/app/_components/admin/places";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { QueuePlace } from "@/lib/moderation/filters/read-matches";
import type { Filters } from "@/lib/moderation/filters/rules";
import { filterQuery } from "@/lib/moderation/filters/schemas";

/** What a notice can say after an act. */
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

/** The address of the moderators' list, as filters narrow it. */
export function listPath(
  locale: string,
  filters: Filters,
  more: { after?: QueuePlace; noted?: Noted } = {},
): string {
  const query = queryOf(filters);
  if (more.after) query.set("after", writeTimedId(more.after));
  return localePath(locale, `/admin/signatures?${withNotice(query, more.noted)}`);
}

/** The address of one signature, beside the list that it was chosen from. */
export function signaturePath(locale: string, id: string, filters?: Filters, noted?: Noted): string {
  const query = withNotice(filters ? queryOf(filters) : new URLSearchParams(), noted).toString();
  return localePath(locale, `/admin/signatures/${publicId(id)}${query && `?${query}`}`);
}

/** The address of the bulk actions so far. */
export const bulkPath = (locale: string) => localePath(locale, "/admin/bulk");

/** The address of one bulk action, also while it is a draft. */
export const actionPath = (locale: string, id: string) => localePath(locale, `/admin/bulk/${publicId(id)}`);

const queryOf = (filters: Filters) => filterQuery(filters, filters.letterId && publicId(filters.letterId));

function withNotice(query: URLSearchParams, noted?: Noted): URLSearchParams {
  if (noted) query.set("notice", noted.notice);
  if (noted?.was) query.set("was", publicId(noted.was));
  return query;
}
