import { writeTimedId } from "@/app/_components/admin/places";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { ListView, QueuePlace } from "@/lib/moderation/queries";

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

/** The address of the moderators' list. */
export function listPath(
  locale: string,
  state: ListView,
  more: { after?: QueuePlace; noted?: Noted } = {},
): string {
  const query = new URLSearchParams({ state: state.toLowerCase() });
  if (more.after) query.set("after", writeTimedId({ at: more.after.verifiedAt, id: more.after.id }));
  return localePath(locale, `/admin/signatures?${withNotice(query, more.noted)}`);
}

/** The address of one signature, beside the list that it was chosen from. */
export function signaturePath(locale: string, id: string, state?: ListView, noted?: Noted): string {
  const query = withNotice(new URLSearchParams(state && { state: state.toLowerCase() }), noted).toString();
  return localePath(locale, `/admin/signatures/${publicId(id)}${query && `?${query}`}`);
}

function withNotice(query: URLSearchParams, noted?: Noted): URLSearchParams {
  if (noted) query.set("notice", noted.notice);
  if (noted?.was) query.set("was", publicId(noted.was));
  return query;
}
